package dev.whirl.e2e.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Answer;
import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Code;
import dev.whirl.e2e.support.Folders;
import dev.whirl.e2e.support.ServerCommand;
import dev.whirl.e2e.support.ServerOptions;
import dev.whirl.e2e.support.Waiting;
import dev.whirl.e2e.support.WhirlServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What goes wrong in the platform is never said to be the developer's fault.
class PlatformFaultsTest {
    private static final Duration RECOVERY = Duration.ofSeconds(20);

    @Test
    @Tag("R-82")
    @Tag("K-13")
    void aSandboxThatCannotBeStartedIsThePlatformsFault(@TempDir Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x")); // else it is copied
        Path runtimes = folder.resolve("runtimes");
        Folders.copyRecursively(ServerCommand.distribution().resolve("lib/runtimes"), runtimes);
        Path launcher = runtimes.resolve("nodejs/launcher.js");
        Path elsewhere = folder.resolve("launcher.js");
        ServerOptions options = ServerOptions.DEFAULT
                .with("sandbox.process.runtimes", runtimes.toString())
                .with("pool.stem-cells", "no");
        try (var server = WhirlServer.start(options)) {
            Api guest = Api.guest(server);
            guest.create("first", Code.NODE, Code.NODE_ECHO);
            guest.create("second", Code.NODE, Code.NODE_ECHO);
            guest.invoke("first", "{}").expect(200);

            Files.move(launcher, elsewhere);
            Answer waited = guest.invoke("second", "{}");
            String accepted = guest.start("second", "{}");

            assertThat(waited.status()).isIn(500, 503);
            isThePlatformsFault(guest.record(accepted));

            Files.move(elsewhere, launcher);
            Waiting.until(RECOVERY, () -> guest.invoke("second", "{}"), answer -> answer.status() == 200);
        }
    }

    private static void isThePlatformsFault(Answer record) {
        assertThat(record.text("response", "status")).isEqualTo("whisk internal error");
        assertThat(record.text("response", "result", "error")).isNotBlank().doesNotContain("Exception");
    }

    @Test
    @Tag("R-85")
    @Tag("I-19")
    void aFullMachineIsUnavailableAndNotTheDevelopersFault() throws Exception {
        ServerOptions options = ServerOptions.DEFAULT
                .with("pool.memory", "256MB")
                .with("pool.queue-deadline", "1s")
                .with("placement.patience", "1s")
                .with("pool.stem-cells", "no");
        try (var server = WhirlServer.start(options);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Api guest = Api.guest(server);
            guest.create("long", Code.NODE, Code.NODE_SLEEP);
            guest.create("other", Code.NODE, Code.NODE_ECHO);
            guest.invoke("long", "{}").expect(200);
            Future<Answer> running = threads.submit(() -> guest.invoke("long", "{\"millis\":4000}"));

            Answer refused =
                    Waiting.until(RECOVERY, () -> guest.invoke("other", "{}"), answer -> answer.status() >= 500);
            assertThat(refused.status()).isIn(500, 503);

            assertThat(running.get().status()).isEqualTo(200);
            Waiting.until(RECOVERY, () -> guest.invoke("other", "{}"), answer -> answer.status() == 200);
        }
    }
}
