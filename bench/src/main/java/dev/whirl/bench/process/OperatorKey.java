package dev.whirl.bench.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The key of the namespace `whisk.system` on a server that was started for a measurement: it alone reads metrics.
final class OperatorKey {
    private static final String STARTING_WORD = "up";
    private static final int LONGEST_SECONDS = 20;

    private OperatorKey() {}

    /// Asks `whirl admin`; nothing where the server's command has no such word, or it fails.
    static Optional<String> of(ServerCommand command, DataFolder folder) throws IOException {
        List<String> words = new ArrayList<>(command.command());
        if (!words.removeLast().equals(STARTING_WORD)) {
            return Optional.empty();
        }
        words.addAll(List.of("admin", "--data", folder.data().toString(), "user", "get", "whisk.system"));
        Process process = new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        try {
            boolean hasSaid = process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
            return hasSaid ? Optional.of(said).filter(key -> key.contains(":")) : Optional.empty();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            process.destroyForcibly();
        }
    }
}
