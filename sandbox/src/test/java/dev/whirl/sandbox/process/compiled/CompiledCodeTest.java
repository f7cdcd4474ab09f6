package dev.whirl.sandbox.process.compiled;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.whirl.common.units.ByteSize;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.json.MalformedJsonException;
import dev.whirl.model.json.RawJson;
import dev.whirl.sandbox.InitCode;
import dev.whirl.sandbox.InitRequest;
import dev.whirl.sandbox.Payload;
import dev.whirl.sandbox.process.compiled.CompiledCode.Compilation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompiledCodeTest {
    private static final Duration NONE = Duration.ZERO;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private CompiledCode compiled;

    @BeforeEach
    void open() {
        compiled = CompiledCode.in(folder, ByteSize.bytes(100));
    }

    @Test
    void whatWasMadeOfCodeIsOfferedForTheSameCode() throws Exception {
        make(init("guest", "main", "code"), "program");

        assertThat(offered(init("guest", "main", "code"))).contains("program");
        assertThat(offered(lent("guest", "main", "code"))).contains("program");
    }

    @Test
    void whatWasNotMadeYetIsAskedFor() throws Exception {
        try (Compilation first = compile(init("guest", "main", "code"))) {
            assertThat(first.offer()).containsInstanceOf(Payload.Nothing.class);
            assertThat(first.roomBytes()).isPositive();
        }
    }

    @Test
    @Tag("attack-2")
    void anotherNamespaceRuntimeEntryPointOrCodeIsAnotherMatter() throws Exception {
        make(init("guest", "main", "code"), "program");

        assertThat(offered(init("other", "main", "code"))).contains("");
        assertThat(offered(init("guest", "niam", "code"))).contains("");
        assertThat(offered(init("guest", "main", "code2"))).contains("");
        try (Compilation other = compiled.of("rust:1", init("guest", "main", "code"), NONE)) {
            assertThat(text(other.offer())).contains("");
        }
    }

    @Test
    void codeThatDoesNotSayWhoseItIsIsNotKept() throws Exception {
        RawJson body = RawJson.parse("{\"value\":{\"main\":\"main\",\"code\":\"code\",\"env\":{}}}");

        try (Compilation none = compile(request(body))) {
            assertThat(none.offer()).isEmpty();
            assertThat(none.roomBytes()).isZero();
            assertThatThrownBy(() -> none.made(new byte[1])).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void whatCouldNotBeStartedIsNotKeptAndWhatWasIsForgotten() throws Exception {
        InitRequest init = init("guest", "main", "code");
        try (Compilation failing = compile(init)) {
            failing.made("program".getBytes(UTF_8));
            failing.ended(false);
        }
        assertThat(offered(init)).contains("");

        make(init, "program");
        try (Compilation broken = compile(init)) {
            broken.ended(false);
        }

        assertThat(offered(init)).contains("");
        assertThat(filesLeft()).isZero();
    }

    @Test
    @Tag("attack-20")
    void theRoomIsBoundedAndWhatWasUsedLongestAgoGoesFirst() throws Exception {
        make(init("guest", "main", "a"), "a".repeat(40));
        make(init("guest", "main", "b"), "b".repeat(40));
        assertThat(offered(init("guest", "main", "a"))).contains("a".repeat(40));

        make(init("guest", "main", "c"), "c".repeat(40));
        make(init("guest", "main", "d"), "d".repeat(101));

        assertThat(offered(init("guest", "main", "a"))).contains("a".repeat(40));
        assertThat(offered(init("guest", "main", "b"))).contains("");
        assertThat(offered(init("guest", "main", "c"))).contains("c".repeat(40));
        assertThat(offered(init("guest", "main", "d"))).contains("");
        assertThat(compiled.bytes()).isEqualTo(80);
        assertThat(filesLeft()).isEqualTo(2);
    }

    @Test
    @Tag("attack-20")
    void onlyTwoAreInMemoryAtATimeAndAskingTakesNoRoom() throws Exception {
        try (Compilation first = compile(init("a", "main", "code"));
                Compilation second = compile(init("b", "main", "code"));
                Compilation third = compile(init("c", "main", "code"))) {
            assertThat(third.isAskedFor()).isTrue();
            assertThat(first.roomBytes()).isPositive();
            assertThat(second.roomBytes()).isPositive();
            assertThat(third.roomBytes()).isZero();
        }

        try (Compilation later = compile(init("d", "main", "code"))) {
            assertThat(later.roomBytes()).isPositive();
        }
    }

    @Test
    @Tag("attack-29")
    void initsOfANamespaceThatDoNotEndLeaveRoomForOthers() throws Exception {
        try (Compilation stuck = compile(init("guest", "main", "a"));
                Compilation alsoStuck = compile(init("guest", "main", "b"))) {
            assertThat(stuck.roomBytes()).isPositive();
            assertThat(alsoStuck.roomBytes()).isZero();

            make(init("other", "main", "code"), "program");
        }

        assertThat(offered(init("other", "main", "code"))).contains("program");
    }

    @Test
    void codeThatIsBeingMadeIsWaitedForAndNotMadeAgain() throws Exception {
        var waiting = new CompletableFuture<Optional<String>>();
        try (Compilation first = compile(init("guest", "main", "code"))) {
            Thread other = Thread.ofVirtual().start(() -> waiting.complete(offeredLater()));
            await().until(() -> other.getState() == Thread.State.TIMED_WAITING);
            first.made("program".getBytes(UTF_8));
            first.ended(true);
        }

        assertThat(waiting.get(10, TimeUnit.SECONDS)).contains("program");
    }

    private Optional<String> offeredLater() {
        try (Compilation later = compiled.of("go:1", init("guest", "main", "code"), Duration.ofMinutes(1))) {
            return text(later.offer());
        } catch (IOException | InterruptedException | MalformedJsonException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @Tag("attack-29")
    void whoeverMakesItForeverIsWaitedForABoundedTime() throws Exception {
        try (Compilation stuck = compile(init("guest", "main", "code"));
                Compilation next = compiled.of("go:1", init("guest", "main", "code"), Duration.ofMillis(20))) {
            assertThat(stuck.isAskedFor()).isTrue();
            assertThat(next.isAskedFor()).isTrue();
        }
        make(init("guest", "main", "code"), "program");

        assertThat(offered(init("guest", "main", "code"))).contains("program");
    }

    @Test
    void withoutRoomNothingIsAskedFor() throws Exception {
        CompiledCode none = CompiledCode.in(folder, ByteSize.ZERO);

        try (Compilation compilation = none.of("go:1", init("guest", "main", "code"), NONE)) {
            assertThat(compilation.offer()).isEmpty();
        }
    }

    private Compilation compile(InitRequest init) throws InterruptedException {
        return compiled.of("go:1", init, NONE);
    }

    private void make(InitRequest init, String program) throws InterruptedException {
        try (Compilation compilation = compile(init)) {
            assertThat(compilation.roomBytes()).isPositive();
            compilation.made(program.getBytes(UTF_8));
            compilation.ended(true);
        }
    }

    private Optional<String> offered(InitRequest init) throws IOException, InterruptedException {
        try (Compilation compilation = compile(init)) {
            return text(compilation.offer());
        }
    }

    private static Optional<String> text(Optional<Payload> payload) throws IOException {
        if (payload.isEmpty()) {
            return Optional.empty();
        }
        var bytes = new ByteArrayOutputStream();
        payload.get().writeTo(bytes);
        assertThat(bytes.size()).isEqualTo(payload.get().sizeBytes());
        return Optional.of(bytes.toString(UTF_8));
    }

    private long filesLeft() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }

    private static InitRequest init(String namespace, String main, String code) throws MalformedJsonException {
        return request(RawJson.parse("{\"value\":{\"code\":\"%s\",%s".formatted(code, rest(namespace, main))));
    }

    /// With the code apart from the rest.
    private static InitRequest lent(String namespace, String main, String code) throws MalformedJsonException {
        RawJson body = RawJson.parse("{\"value\":{" + rest(namespace, main));
        return new InitRequest(ActivationId.random(), body, ByteSize.ZERO, InitCode.of(RawJson.string(code)));
    }

    private static String rest(String namespace, String main) {
        return "\"main\":\"%s\",\"binary\":false,\"env\":{\"X\":\"%s\",\"__OW_NAMESPACE\":\"%s\"}}}"
                .formatted(main, ActivationId.random().value(), namespace);
    }

    private static InitRequest request(RawJson body) {
        return new InitRequest(ActivationId.random(), body, ByteSize.ZERO);
    }
}
