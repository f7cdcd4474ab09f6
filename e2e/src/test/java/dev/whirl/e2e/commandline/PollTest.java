package dev.whirl.e2e.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Code;
import dev.whirl.e2e.support.ServerCommand;
import dev.whirl.e2e.support.SharedServer;
import dev.whirl.e2e.support.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `wsk activation poll` as a process, ended as a user does it.
class PollTest {
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final String NOISY = "function main({ word }) { console.log('it says ' + word); return {}; }";

    @Test
    @Tag("L-10")
    @Tag("L-27")
    void ctrlCEndsThePollingAtOnceWithItsFarewell(@TempDir Path folder) throws Exception {
        Api guest = SharedServer.guest();
        String action = guest.stored(Code.NODE, NOISY, "");
        Process poll = wsk(folder, "activation", "poll");
        try {
            awaitOutput(folder, "Polling for activation logs");
            guest.start(action, "{\"word\":\"hello\"}");
            awaitOutput(folder, "it says hello");

            interrupt(poll);

            assertThat(poll.waitFor(2, TimeUnit.SECONDS))
                    .as("ended within two seconds")
                    .isTrue();
            assertThat(poll.exitValue()).isEqualTo(1);
            assertThat(output(folder))
                    .startsWith("Enter Ctrl-c to exit.\nPolling for activation logs\n")
                    .contains("\nActivation: '" + action + "' (")
                    .endsWith("Poll terminated\n");
            assertThat(folder.resolve("err.txt")).isEmptyFile();
        } finally {
            poll.destroyForcibly();
        }
    }

    /// A process that reacts to Ctrl-C, also where these tests run in the background.
    private static Process wsk(Path folder, String... arguments) throws IOException {
        Path wsk = ServerCommand.distribution().resolve("bin/wsk");
        var builder = new ProcessBuilder("env", "--default-signal=INT", "/bin/sh", wsk.toString())
                .redirectOutput(folder.resolve("out.txt").toFile())
                .redirectError(folder.resolve("err.txt").toFile());
        builder.command().addAll(List.of(arguments));
        builder.command()
                .addAll(List.of("--apihost", SharedServer.get().address().toString()));
        builder.command().addAll(List.of("--auth", Api.GUEST_KEY));
        builder.environment().put("WSK_CONFIG_FILE", folder.resolve("wskprops").toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder.start();
    }

    /// What the terminal sends for Ctrl-C.
    private static void interrupt(Process process) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("/bin/sh", "-c", "kill -INT " + process.pid()).start();
        assertThat(kill.waitFor()).isZero();
    }

    private static void awaitOutput(Path folder, String text) {
        Waiting.until(DEADLINE, () -> output(folder), seen -> seen.contains(text));
    }

    private static String output(Path folder) {
        try {
            return Files.readString(folder.resolve("out.txt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
