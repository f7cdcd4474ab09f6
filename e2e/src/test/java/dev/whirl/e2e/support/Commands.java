package dev.whirl.e2e.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Programs that are run to their end.
public final class Commands {
    private Commands() {}

    /// @return what it printed
    /// @throws AssertionError with what it printed, if it fails
    public static String run(String... words) {
        return run(List.of(words));
    }

    /// @return what it printed
    /// @throws AssertionError with what it printed, if it fails
    public static String run(List<String> words) {
        try {
            Process process =
                    new ProcessBuilder(words).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError("%s ended with %d: %s".formatted(words, process.exitValue(), said));
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
