package dev.whirl.invoker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whirl.common.units.ByteSize;
import dev.whirl.invoker.pool.Pool;
import dev.whirl.invoker.pool.StemCell;
import dev.whirl.invoker.scripted.Script;
import dev.whirl.invoker.scripted.ScriptedSandboxes;
import dev.whirl.model.activation.StorageLevel;
import dev.whirl.sandbox.SandboxException;
import dev.whirl.sandbox.SandboxSpec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class InvokerMetricsTest {
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
