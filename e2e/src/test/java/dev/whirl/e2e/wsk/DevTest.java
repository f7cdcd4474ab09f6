package dev.whirl.e2e.wsk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Code;
import dev.whirl.e2e.support.Names;
import dev.whirl.e2e.support.SharedServer;
import dev.whirl.e2e.support.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `wsk dev`: from saving a file to its being live.
class DevTest {
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    @Test
    void whatIsSavedIsLiveAndItsLogsAreShown() throws Exception {
        Api guest = SharedServer.guest();
        var wsk = new Wsk(folder, SharedServer.get().address());
        String action = Names.unique("live");
        wsk.file("functions/" + action + ".js", version(1));
        Process dev = wsk.start(folder.resolve("out.txt"), folder.resolve("err.txt"), "dev", "functions");
        try {
            awaitOutput("Watching functions");
            assertThat(guest.result(action, "{}").text("version")).isEqualTo("1");

            wsk.file("functions/" + action + ".js", version(2));

            Waiting.until(
                    DEADLINE,
                    () -> guest.result(action, "{}"),
                    answer -> answer.text("version").equals("2"));
            awaitOutput(action + " | this is 2");
            wsk.file("functions/more/index.js", "exports.main = () => ({})");
            awaitOutput("deployed action [more]");

            wsk.file("functions/manifest.yaml", "packages: [");
            await("err.txt", "manifest.yaml: line 1");
            assertThat(dev.isAlive()).as("a mistake can be mended").isTrue();
        } finally {
            dev.destroy();
            dev.waitFor();
        }
        assertThat(folder.resolve("err.txt")).content().doesNotContain("unexpectedly");
    }

    private static String version(int number) {
        return Code.node("console.log('this is %1$d'); return { version: '%1$d' }".formatted(number));
    }

    private void awaitOutput(String text) {
        await("out.txt", text);
    }

    private void await(String file, String text) {
        Waiting.until(DEADLINE, () -> content(file), seen -> seen.contains(text));
    }

    private String content(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
