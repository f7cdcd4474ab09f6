package dev.whirl.bench.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A program that is run to its end.
final class Program {
    private Program() {}

    /// How it ended.
    ///
    /// @param said on its standard output, without blanks around it
    /// @param complaint what it said on its standard error, without blanks around it
    record End(int code, String said, String complaint) {}

    /// Runs it, with nothing to read. Its output goes to files: how long a pipe is read is decided by
    /// whoever holds its other end.
    ///
    /// @return nothing if it took too long, and was ended for that
    static Optional<End> run(List<String> command, Duration longest) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("whirl-bench-");
        Path said = folder.resolve("said");
        Path complaint = folder.resolve("complaint");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(said.toFile())
                    .redirectError(complaint.toFile())
                    .start();
            try {
                return process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)
                        ? Optional.of(new End(process.exitValue(), text(said), text(complaint)))
                        : Optional.empty();
            } finally {
                process.destroyForcibly();
            }
        } finally {
            Files.deleteIfExists(said);
            Files.deleteIfExists(complaint);
            Files.delete(folder);
        }
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), UTF_8).strip();
    }
}
