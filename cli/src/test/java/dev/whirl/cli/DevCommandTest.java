package dev.whirl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.client.ScriptedServer.Seen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `wsk dev` on a folder that changes.
final class DevCommandTest extends WskTest {
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final String ACTIONS = "/api/v1/namespaces/_/actions/";

    private final HandClock clock = new HandClock();
    private Path functions;

    /// Stands still but for the test.
    private static final class HandClock implements InstantSource {
        private final AtomicLong nowMillis = new AtomicLong();
        private final AtomicInteger reads = new AtomicInteger();

        @Override
        public Instant instant() {
            reads.incrementAndGet();
            return Instant.ofEpochMilli(nowMillis.get());
        }

        void advance(Duration time) {
            nowMillis.addAndGet(time.toMillis());
        }

        /// The command reads it after each look at the folder, and before each one that it is due for.
        void awaitReads() {
            int before = reads.get();
            Awaitility.await().atMost(DEADLINE).until(() -> reads.get() >= before + 2);
        }
    }

    @BeforeEach
    void prepare() throws IOException {
        functions = Files.createDirectory(folder.resolve("functions"));
        wsk.with(clock);
        for (String each : List.of("packages", "actions", "triggers", "rules")) {
            list(each, "[]");
        }
        wsk.server().standing("/api/v1/namespaces", 200, "[\"guest\"]");
        for (int i = 0; i < 20; i++) {
            wsk.answer(200, "{\"gwApiUrl\":\"http://gateway/shop\",\"apidoc\":{}}");
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
        awaitRemoval("b");

        assertThat(end(dev).out())
                .containsSubsequence("deployed action [a]", "deployed action [b]", "removed action [b]")
                .doesNotContain("removed action [a]");
        assertThat(calls()).doesNotContain("DELETE " + ACTIONS + "a");
    }

    /// `b` goes when `a` has been gone for some time already, and is there again when that one is removed.
    @Test
    void eachFileThatIsGoneHasATimeOfItsOwn() throws Exception {
        save("a.js", "1");
        save("b.js", "1");
        CompletableFuture<Wsk.Run> dev = dev();
        awaitCall("PUT", "b");

        Files.delete(functions.resolve("a.js"));
        save("c.js", "1");
        awaitCall("PUT", "c");
        clock.awaitReads();
        clock.advance(Duration.ofMillis(600));
        Files.delete(functions.resolve("b.js"));
        save("c.js", "2");
        awaitBody("\"code\":\"2\"");
        clock.awaitReads();
        clock.advance(Duration.ofMillis(600));
        awaitCall("DELETE", "a");
        save("b.js", "3");
        awaitBody("\"code\":\"3\"");

        assertThat(end(dev).out()).contains("removed action [a]").doesNotContain("removed action [b]");
    }

    @Test
    void anOperationThatMovesToADocumentIsNotRemoved() throws Exception {
        wsk.server()
                .standing(
                        ACTIONS + "list?code=false",
                        200,
                        "{\"namespace\":\"guest\",\"name\":\"list\",\"annotations\":[{\"key\":\"web-export\",\"value\":true}]}");
        save("list.js", "1");
        save("old.js", "1");
        save(
                "api.json",
                "{\"swagger\":\"2.0\",\"basePath\":\"/shop\",\"info\":{\"title\":\"Shop\"},\"paths\":{\"/orders\":{\"get\":{\"x-openwhisk\":{\"namespace\":\"guest\",\"action\":\"list\"}}}}}");
        String list = "list: {function: list.js, web: true}";
        manifest("actions: {" + list
                + ", old: {function: old.js}}, apis: {Shop: {/shop: {/orders: {list: {method: [get, put]}}}}}");
        CompletableFuture<Wsk.Run> dev = dev();
        awaitBody("\"gatewayMethod\":\"PUT\"");

        save(
                "manifest.yaml",
                "project: {name: shop, config: api.json, packages: {default: {actions: {" + list + "}}}}");
        awaitBody("\"swagger\"");
        awaitRemoval("old");

        assertThat(end(dev).out())
                .contains("deployed api [api.json]", "removed api [PUT /shop/orders]", "removed action [old]")
                .doesNotContain("removed api [GET /shop/orders]");
        assertThat(calls())
                .noneMatch(call -> call.contains("deleteApi") && call.endsWith("operation=GET"))
                .anyMatch(call -> call.contains("deleteApi") && call.endsWith("operation=PUT"));
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
        awaitRemoval("b");

        assertThat(end(dev).out())
                .containsSubsequence(
                        "deployed action [a]", "deployed action [b]", "deployed sequence [a]", "removed action [b]")
                .doesNotContain("removed action [a]", "removed sequence [a]");
        assertThat(calls()).doesNotContain("DELETE " + ACTIONS + "a");
    }

    @Test
    void whatWasThereBeforeIsToldAndNotRemoved() throws Exception {
        list(
                "actions",
                "[{\"namespace\":\"guest\",\"name\":\"a\"},"
                        + "{\"namespace\":\"guest\",\"name\":\"c\",\"annotations\":["
                        + "{\"key\":\"whisk-managed\",\"value\":{\"projectName\":\"other\"}}]}]");
        save("a.js", "1");
        save("b.js", "1");
        save("c.js", "1");
        CompletableFuture<Wsk.Run> dev = dev();
        awaitCall("PUT", "c");

        Files.delete(functions.resolve("a.js"));
        Files.delete(functions.resolve("c.js"));
        save("a.json", "no longer code");
        clock.awaitReads();
        Files.delete(functions.resolve("b.js"));
        awaitRemoval("b");

        assertThat(end(dev).err())
                .contains(
                        "warning: action [a] was there before, and is replaced",
                        "warning: project other is kept in step by 'wsk project sync', and loses what 'wsk dev' replaces: action [c]",
                        "warning: action [a] is left, since it was there before",
                        "warning: action [c] is left, since it was there before")
                .doesNotContain("action [b]");
        assertThat(calls()).filteredOn(call -> call.startsWith("DELETE")).containsExactly("DELETE " + ACTIONS + "b");
    }

    @Test
    void aProjectThatIsKeptInStepIsSoWhileItIsWorkedOn() throws Exception {
        list(
                "actions",
                "[{\"namespace\":\"guest\",\"name\":\"a\",\"annotations\":["
                        + "{\"key\":\"whisk-managed\",\"value\":{\"projectName\":\"shop\"}}]}]");
        save("a.js", "1");
        save(
                "manifest.yaml",
                "project: {name: shop, packages: {default: {actions: {a: {function: a.js}, b: {function: a.js}}}}}");
        CompletableFuture<Wsk.Run> dev = dev();
        awaitCall("PUT", "b");

        assertThat(end(dev).err()).doesNotContain("loses");
        assertThat(bodies("a")).allMatch(body -> body.contains("\"projectName\":\"shop\""));
        assertThat(bodies("b")).allMatch(body -> body.contains("\"projectName\":\"shop\""));
    }

    @Test
    void aManifestThatDoesNotFitTogetherChangesNothing() throws Exception {
        wsk.server().standing(ACTIONS + "nowhere?code=false", 404, "{\"error\":\"not there\",\"code\":\"TID\"}");
        save("a.js", "1");
        manifest("actions: {a: {function: a.js}}, sequences: {s: {actions: nowhere}}");
        CompletableFuture<Wsk.Run> dev = dev();
        clock.awaitReads();

        manifest("actions: {a: {function: a.js}}, sequences: {s: {actions: a}}");
        awaitCall("PUT", "s");

        assertThat(end(dev).err()).contains("there is no action 'nowhere', neither in the manifest nor on the server");
        assertThat(bodies("s")).hasSize(1);
    }

    @Test
    void whatWasSavedWhileTheServerWasAwayIsDeployedWhenItIsBack() throws Exception {
        save("a.js", "1");
        wsk.server().answerNext(503, "{\"error\":\"starting\",\"code\":\"TID2\"}");
        wsk.server().answerNext(503, "{\"error\":\"starting\",\"code\":\"TID1\"}");
        CompletableFuture<Wsk.Run> dev = dev();

        Awaitility.await().atMost(DEADLINE).until(() -> {
            clock.advance(Duration.ofSeconds(1));
            return bodies("a").size() == 3;
        });

        Wsk.Run run = end(dev);
        assertThat(run.out()).contains("ok: deployed action [a]");
        assertThat(run.err())
                .contains("error: Unable to deploy action [a]: starting (code TID1)")
                .doesNotContain("TID2");
    }

    @Test
    void aFileThatAManifestNamesIsSeenWhereverItLies() throws Exception {
        Files.createDirectories(folder.resolve("built"));
        manifest("actions: {a: {function: ../built/a.js}}");
        CompletableFuture<Wsk.Run> dev = dev();
        clock.awaitReads();

        Files.writeString(folder.resolve("built/a.js"), "1");
        awaitBody("\"code\":\"1\"");
        Files.writeString(folder.resolve("built/a.js"), "2");
        awaitBody("\"code\":\"2\"");

        end(dev);
    }

    @Test
    void aLinkOutOfTheFolderIsLeftOutAndToldOnce() throws Exception {
        wsk.file("secret.js", "private");
        Files.createSymbolicLink(functions.resolve("out.js"), folder.resolve("secret.js"));
        Files.createSymbolicLink(functions.resolve("notes.txt"), folder.resolve("secret.js"));
        save("a.js", "1");
        Files.createSymbolicLink(functions.resolve("b.js"), Path.of("a.js"));
        CompletableFuture<Wsk.Run> dev = dev();
        awaitCall("PUT", "b");

        save("a.js", "2");
        awaitBody("\"code\":\"2\"");

        assertThat(end(dev).err())
                .containsOnlyOnce(
                        "warning: 'out.js' is a link to what lies outside of the folder, and is not deployed: copy that, or name it in a manifest\n")
                .doesNotContain("notes.txt");
        assertThat(calls()).noneMatch(call -> call.contains("actions/out"));
    }

    @Test
    void whatCannotBeAnActionIsToldOnceAndKeepsNoOtherFromBeingOne() throws Exception {
        save("my func!.js", "1");
        save("twice.js", "js");
        save("twice.py", "py");
        Files.createSymbolicLink(functions.resolve("pipe.js"), Path.of("/dev/null"));
        Files.createSymbolicLink(functions.resolve("nowhere.js"), Path.of("gone"));
        save("a.js", "1");
        CompletableFuture<Wsk.Run> dev = dev();
        awaitCall("PUT", "twice");

        save("-bad.js", "1");
        save("tool.jar", "1");
        save("a.js", "2");
        awaitBody("\"code\":\"2\"");

        assertThat(end(dev).err().lines())
                .filteredOn(line -> !line.contains("is gone"))
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line)
                                .startsWith("warning: 'my func!.js' is not deployed: servers take only names"),
                        line -> assertThat(line)
                                .isEqualTo(
                                        "warning: 'twice.js' is not deployed, since 'twice.py' is action [twice], too: rename one of them"),
                        line -> assertThat(line)
                                .startsWith("warning: 'pipe.js' is a link to what lies outside of the folder"),
                        line -> assertThat(line)
                                .isEqualTo("warning: 'nowhere.js' is neither a file nor a folder, and is not deployed"),
                        line -> assertThat(line).startsWith("warning: '-bad.js' is not deployed"),
                        line -> assertThat(line).startsWith("warning: 'tool.jar' is not deployed"),
                        line -> assertThat(line).startsWith("error: Unable to watch"));
        assertThat(bodies("twice")).singleElement().asString().contains("\"code\":\"py\"");
    }

    @Test
    void aFileThatTheServerRefusesIsToldOnceAndKeepsNoOtherFromBeingDeployed() throws Exception {
        save("a.swift", "1");
        save("b.js", "1");
        wsk.server().standing("/", 200, "{\"runtimes\":{\"nodejs\":[{\"kind\":\"nodejs:default\"}]}}");
        wsk.server().answerNext(400, "{\"error\":\"no such kind\",\"code\":\"TID\"}");
        CompletableFuture<Wsk.Run> dev = dev();
        awaitCall("PUT", "b");

        save("b.js", "2");
        awaitBody("\"code\":\"2\"");

        assertThat(end(dev).err()).containsOnlyOnce("error: Unable to deploy action [a]: no such kind (code TID)\n");
        assertThat(bodies("a")).hasSize(1);
    }

    private void list(String collection, String rows) {
        wsk.server().standing("/api/v1/namespaces/_/%s?limit=200&skip=0".formatted(collection), 200, rows);
    }

    /// What was sent for an action.
    private List<String> bodies(String action) {
        return wsk.server().seen().stream()
                .filter(seen -> seen.method().equals("PUT") && seen.target().startsWith(ACTIONS + action + "?"))
                .map(Seen::body)
                .toList();
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

    /// Lets so much time pass that whatever is gone is removed.
    private void awaitRemoval(String action) {
        Awaitility.await().atMost(DEADLINE).until(() -> {
            clock.advance(Duration.ofSeconds(1));
            return calls().stream().anyMatch(call -> call.startsWith("DELETE " + ACTIONS + action));
        });
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
