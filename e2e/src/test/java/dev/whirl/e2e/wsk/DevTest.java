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
import java.util.ArrayList;
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

            Files.delete(folder.resolve("functions/more/index.js"));
            awaitOutput("removed action [more]");
            guest.get(Api.OWN + "/actions/more").expect(404);

            wsk.file("functions/manifest.yaml", "packages: [");
            await("err.txt", "manifest.yaml: line 1");
            assertThat(dev.isAlive()).as("a mistake can be mended").isTrue();
        } finally {
            dev.destroy();
            dev.waitFor();
        }
        assertThat(dev.exitValue()).as("to be ended is its end").isZero();
        assertThat(folder.resolve("err.txt")).content().doesNotContain("unexpectedly");
    }

    @Test
    void anActionThatBecomesASequenceStaysCallable() throws Exception {
        Api guest = SharedServer.guest();
        var wsk = new Wsk(folder, SharedServer.get().address());
        String part = Names.unique("part");
        String action = Names.unique("grown");
        wsk.file("functions/" + part + ".js", version(1));
        wsk.file("functions/manifest.yaml", manifest(function(part, part) + ", " + function(action, part)));
        Process dev = wsk.start(folder.resolve("out.txt"), folder.resolve("err.txt"), "dev", "functions", "--quiet");
        try {
            awaitOutput("Watching functions");

            wsk.file(
                    "functions/manifest.yaml",
                    manifest(function(part, part))
                            + "    sequences: { %s: { actions: %s } }\n".formatted(action, part));
            awaitOutput("deployed sequence [" + action + "]");
            Files.delete(folder.resolve("functions/manifest.yaml"));
            await("err.txt", "The manifest is gone");

            assertThat(guest.get(Api.OWN + "/actions/" + action).expect(200).text("exec", "kind"))
                    .isEqualTo("sequence");
            assertThat(guest.result(action, "{}").text("version")).isEqualTo("1");
            assertThat(content("out.txt")).doesNotContain("removed");
        } finally {
            dev.destroy();
            dev.waitFor();
        }
    }

    /// The promise is 150 ms on a machine that does nothing else; this guards against what takes several times as long.
    @Test
    void whatIsSavedIsLiveAtOnce() throws Exception {
        Api guest = SharedServer.guest();
        var wsk = new Wsk(folder, SharedServer.get().address());
        String action = Names.unique("swift");
        wsk.file("functions/" + action + ".js", version(0));
        Process dev = wsk.start(folder.resolve("out.txt"), folder.resolve("err.txt"), "dev", "functions", "--quiet");
        var millis = new ArrayList<Long>();
        try {
            awaitOutput("Watching functions");
            for (int i = 1; i <= 5; i++) {
                String wanted = Integer.toString(i);
                long saved = System.nanoTime();
                wsk.file("functions/" + action + ".js", version(i));
                Waiting.until(
                        DEADLINE,
                        () -> guest.result(action, "{}"),
                        answer -> answer.text("version").equals(wanted));
                millis.add((System.nanoTime() - saved) / 1_000_000);
            }
        } finally {
            dev.destroy();
            dev.waitFor();
        }
        millis.sort(null);
        assertThat(millis.get(2)).as("the median of %s ms", millis).isLessThan(1_000);
    }

    private static String manifest(String actions) {
        return "packages:\n  default:\n    actions: { %s }\n".formatted(actions);
    }

    private static String function(String name, String file) {
        return "%s: { function: %s.js }".formatted(name, file);
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
