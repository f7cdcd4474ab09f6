package dev.whirl.bench.process;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The key of the namespace `whisk.system` on a server that was started for a measurement: it alone reads metrics.
final class OperatorKey {
    private static final String STARTING_WORD = "up";
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private OperatorKey() {}

    /// Asks `whirl admin`; nothing where the server's command has no such word, or it fails.
    static Optional<String> of(ServerCommand command, DataFolder folder) throws IOException {
        List<String> words = new ArrayList<>(command.command());
        if (!words.removeLast().equals(STARTING_WORD)) {
            return Optional.empty();
        }
        words.addAll(List.of("admin", "--data", folder.data().toString(), "user", "get", "whisk.system"));
        try {
            return Program.run(words, LONGEST)
                    .filter(end -> end.code() == 0)
                    .map(Program.End::said)
                    .filter(key -> key.contains(":"));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
