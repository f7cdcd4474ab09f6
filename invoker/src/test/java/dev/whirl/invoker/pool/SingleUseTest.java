package dev.whirl.invoker.pool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whirl.common.config.ConfigReader;
import dev.whirl.common.units.ByteSize;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.RawJson;
import dev.whirl.sandbox.InitRequest;
import dev.whirl.sandbox.Reply;
import dev.whirl.sandbox.RunRequest;
import dev.whirl.sandbox.SandboxSpec;
import dev.whirl.sandbox.process.ProcessSandboxConfig;
import dev.whirl.sandbox.process.ProcessSandboxes;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Real sandboxes, and code that leaves a thread behind which waits for the next call and answers in its place.
class SingleUseTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ByteSize MUCH = ByteSize.mebibytes(1);
    private static final String HOSTILE = """
            import threading

            calls = threading.Semaphore(0)

            def forged(args):
                return {'by': 'thread', 'stolen': args}

            def wait_for_the_next():
                calls.acquire()
                main.__code__ = forged.__code__

            threading.Thread(target=wait_for_the_next, daemon=True).start()

            def main(args):
                calls.release()
                return {'by': 'main'}
            """;

    @SuppressWarnings("NullAway.Init")
    private ProcessSandboxes sandboxes;

    @SuppressWarnings("NullAway.Init")
    private Pool pool;

    @BeforeEach
    void open() throws Exception {
        var settings = Map.of("sandbox.process.runtimes", "../runtimes");
        var reader = new ConfigReader(List.of(new ConfigReader.Source("--set", settings)), Map.of());
        sandboxes = new ProcessSandboxes(ProcessSandboxConfig.read(reader), List.of());
        pool = new Pool(Fixtures.config(1024), List.of(), sandboxes, System::nanoTime);
        pool.start();
    }

    @AfterEach
    void close() {
        pool.close();
        sandboxes.close();
    }

    @Test
    @Tag("attack-4")
    @Tag("attack-5")
    void aThreadLeftBehindNeverMeetsAnotherCallWhereEachHasASandboxOfItsOwn() throws Exception {
        Demand demand = demand(true);
        Set<String> used = new HashSet<>();

        for (int i = 0; i < 4; i++) {
            assertThat(answer(demand, used)).isEqualTo("{\"by\":\"main\"}");
        }

        assertThat(used).hasSize(4);
        await().untilAsserted(() -> assertThat(pool.snapshot().used()).isEqualTo(ByteSize.ZERO));
    }

    /// Without that, this is what the test above guards against: the thread is real.
    @Test
    void aThreadLeftBehindMeetsTheNextCallOfTheSameActionWhereSandboxesAreUsedAgain() {
        Demand demand = demand(false);

        await().until(() -> answer(demand, new HashSet<>()).contains("thread"));
    }

    private String answer(Demand demand, Set<String> used) throws Exception {
        if (!(pool.lease(demand) instanceof Admission.Granted(var lease))) {
            throw new AssertionError("no sandbox");
        }
        try (lease) {
            used.add(lease.sandbox().id());
            if (lease.needsInit()) {
                assertThat(lease.sandbox().init(init(), PATIENCE)).isInstanceOf(Reply.Answered.class);
                lease.initialized();
            }
            var request = new RunRequest(ActivationId.random(), RawJson.parse("{\"value\":{}}"), MUCH, MUCH);
            Reply reply = lease.sandbox().run(request, PATIENCE);
            lease.reusable();
            return reply instanceof Reply.Answered answered ? new String(answered.body(), UTF_8) : reply.toString();
        }
    }

    private static InitRequest init() {
        var json = new JsonWriter(1024);
        json.startObject().name("value").startObject();
        json.field("name", "hostile")
                .field("main", "main")
                .field("binary", false)
                .field("code", HOSTILE);
        return new InitRequest(
                ActivationId.random(), json.endObject().endObject().toRawJson(), MUCH);
    }

    private static Demand demand(boolean isSingleUse) {
        var spec = new SandboxSpec("python:3.11", "", ByteSize.mebibytes(256), "test");
        return new Demand(Fixtures.key("hostile"), spec, 1, null, isSingleUse);
    }
}
