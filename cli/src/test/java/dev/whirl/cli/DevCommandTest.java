package dev.whirl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.client.ScriptedServer.Seen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `wsk dev` on a folder that changes.
final class DevCommandTest extends WskTest {
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final String ACTIONS = "/api/v1/namespaces/_/actions/";

    private Path functions;

    @BeforeEach
    void prepare() throws IOException {
        functions = Files.createDirectory(folder.resolve("functions"));
        for (int i = 0; i < 20; i++) {
            wsk.answer(200, "{}");
        }
    }

    /// The file of `a` is gone when `b` is deployed, and there again a moment later.
    @Test
    void aFileThatIsMissingForAMomentLosesNoAction() throws Exception {
        save("a.js", "1");
        CompletableFuture<Wsk.Run> dev = dev();
        awaitCall("PUT", "a");

        Files.delete(functions.resolve("a.js"));
        save("b.js", "1");
        awaitCall("PUT", "b");
        save("a.js", "2");
        awaitBody("\"code\":\"2\"");
        Files.delete(functions.resolve("b.js"));
        awaitCall("DELETE", "b");

        assertThat(end(dev).out())
                .containsSubsequence("deployed action [a]", "deployed action [b]", "removed action [b]")
                .doesNotContain("removed action [a]");
        assertThat(calls()).doesNotContain("DELETE " + ACTIONS + "a");
    }

    @Test
    void anActionThatBecomesASequenceIsReplacedAndNotRemoved() throws Exception {
        save("b.js", "1");
        manifest("actions: {a: {function: b.js}, b: {function: b.js}}");
        CompletableFuture<Wsk.Run> dev = dev();
        awaitCall("PUT", "b");

        manifest("actions: {b: {function: b.js}}, sequences: {a: {actions: b}}");
        awaitBody("\"kind\":\"sequence\"");
        manifest("sequences: {a: {actions: /whisk.system/utils/echo}}");
        awaitCall("DELETE", "b");

        assertThat(end(dev).out())
                .containsSubsequence(
                        "deployed action [a]", "deployed action [b]", "deployed sequence [a]", "removed action [b]")
                .doesNotContain("removed action [a]", "removed sequence [a]");
        assertThat(calls()).doesNotContain("DELETE " + ACTIONS + "a");
    }

    private CompletableFuture<Wsk.Run> dev() {
        var dev = new CompletableFuture<Wsk.Run>();
        Thread.ofPlatform().start(() -> dev.complete(wsk.run("dev", "functions", "--quiet")));
        return dev;
    }

    /// A folder that is gone ends the command.
    private Wsk.Run end(CompletableFuture<Wsk.Run> dev) throws Exception {
        try (Stream<Path> files = Files.list(functions)) {
            for (Path each : files.toList()) {
                Files.delete(each);
            }
        }
        Files.delete(functions);
        return dev.get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
    }

    private void save(String file, String code) throws IOException {
        Files.writeString(functions.resolve(file), code);
    }

    private void manifest(String content) throws IOException {
        save("manifest.yaml", "packages: {default: {" + content + "}}");
    }

    private void awaitCall(String method, String action) {
        Awaitility.await()
                .atMost(DEADLINE)
                .until(() -> calls().stream().anyMatch(call -> call.startsWith(method + " " + ACTIONS + action)));
    }

    private void awaitBody(String text) {
        Awaitility.await()
                .atMost(DEADLINE)
                .until(() -> wsk.server().seen().stream()
                        .anyMatch(seen -> seen.body().contains(text)));
    }

    private List<String> calls() {
        return wsk.server().seen().stream()
                .map((Seen seen) -> seen.method() + " " + seen.target())
                .toList();
    }
}
