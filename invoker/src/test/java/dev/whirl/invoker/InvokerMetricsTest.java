package dev.whirl.invoker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whirl.common.units.ByteSize;
import dev.whirl.invoker.pool.Pool;
import dev.whirl.invoker.pool.StemCell;
import dev.whirl.invoker.scripted.Script;
import dev.whirl.invoker.scripted.ScriptedSandboxes;
import dev.whirl.model.activation.StorageLevel;
import dev.whirl.model.message.Invocation;
import dev.whirl.sandbox.SandboxException;
import dev.whirl.sandbox.SandboxSpec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class InvokerMetricsTest {
    @RegisterExtension
    final OpenInvokers invokers = new OpenInvokers();

    @Test
    @Tag("R-46")
    void jobsThatWaitForAPlaceAreSeenAndRunsAreCountedByHowTheyCameToTheirSandbox() {
        var goOn = new CountDownLatch(1);
        InvokerFixture fixture =
                invokers.open(Script.blocking(goOn), InvokerFixture.config(256, 100, StorageLevel.ALWAYS));
        String revision = fixture.put("slow");
        List<Invocation> calls =
                List.of(fixture.call("slow", revision), fixture.call("slow", revision), fixture.call("slow", revision));
        calls.forEach(fixture::send);

        await().until(() -> value(fixture, "waiting") == 2);
        assertThat(value(fixture, "active")).isEqualTo(1);
        assertThat(value(fixture, "memory.used.bytes")).isEqualTo(256.0 * 1024 * 1024);
        goOn.countDown();
        calls.forEach(each -> fixture.awaitEnd(each.id()));

        await().until(() -> value(fixture, "waiting") == 0 && value(fixture, "idle") == 1);
        assertThat(fixture.count("success", "cold")).isEqualTo(1);
        assertThat(fixture.count("success", "warm")).isEqualTo(2);
        assertThat(fixture.count("success", "prewarmed")).isZero();
    }

    private static double value(InvokerFixture fixture, String gauge) {
        return fixture.meters.get("whirl.pool." + gauge).gauge().value();
    }

    @Test
    @Tag("I-23")
    void stemCellsThatAreReadyAreCountedByKind() {
        var sandboxes = new ScriptedSandboxes(new Script() {
            @Override
            public void start(String runtime) throws SandboxException {
                if (runtime.startsWith("python")) {
                    throw new SandboxException("no interpreter");
                }
            }
        });
        var meters = new SimpleMeterRegistry();
        List<StemCell> cells = List.of(cell("nodejs:20", 2), cell("python:3.11", 1));
        InvokerConfig config = InvokerFixture.config(1024, 100, StorageLevel.ALWAYS);

        try (var pool = new Pool(config.pool(), cells, sandboxes, System::nanoTime)) {
            var metrics = new InvokerMetrics(meters, pool, List.of("nodejs:20", "python:3.11"));
            pool.start();

            await().until(() -> value(meters, "nodejs:20") == 2);
            assertThat(value(meters, "python:3.11")).isZero();
            assertThat(metrics).isNotNull();
        }
    }

    private static StemCell cell(String runtime, int count) {
        return new StemCell(new SandboxSpec(runtime, "image", ByteSize.mebibytes(128), "stem"), count);
    }

    private static double value(SimpleMeterRegistry meters, String kind) {
        return meters.get("whirl.pool.stem.cells").tag("kind", kind).gauge().value();
    }
}
