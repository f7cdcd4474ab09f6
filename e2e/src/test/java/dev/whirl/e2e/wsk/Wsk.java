package dev.whirl.e2e.wsk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.ServerCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs command lines of the built distribution in a folder of their own.
///
/// @param folder where it runs, and its home
/// @param apiHost the server
record Wsk(Path folder, URI apiHost) {
    private static final long DEADLINE_SECONDS = 60;

    /// What a command line left behind.
    record Run(int exitCode, String out, String err) {
        Run expect(int wanted) {
            assertThat(exitCode).as("exit code; %s%s", out, err).isEqualTo(wanted);
            return this;
        }
    }

    /// Runs a command line to its end, which must be a good one.
    ///
    /// @return standard output
    String ok(String... line) {
        return run(line).expect(0).out();
    }

    Run run(String... line) {
        return run(launcher(), line);
    }

    /// The same for another program of the distribution.
    Run run(Path program, String... line) {
        try {
            Path out = Files.createTempFile(folder, "out", ".txt");
            Path err = Files.createTempFile(folder, "err", ".txt");
            Process process = start(program, out, err, line);
            assertThat(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS))
                    .as("ended in time: %s", List.of(line))
                    .isTrue();
            var run = new Run(process.exitValue(), Files.readString(out), Files.readString(err));
            Files.delete(out);
            Files.delete(err);
            return run;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Starts a command line that does not end by itself.
    Process start(Path out, Path err, String... line) throws IOException {
        return start(launcher(), out, err, line);
    }

    private Process start(Path program, Path out, Path err, String... line) throws IOException {
        var words = new ArrayList<>(List.of("/bin/sh", program.toString()));
        words.addAll(List.of(line));
        var builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("WSK_CONFIG_FILE", folder.resolve(".wskprops").toString());
        builder.environment().put("WHISK_APIHOST", apiHost.toString());
        builder.environment().put("WHISK_AUTH", Api.GUEST_KEY);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder.start();
    }

    static Path launcher() {
        return ServerCommand.distribution().resolve("bin/wsk");
    }

    void file(String name, String content) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, content, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
