package dev.whirl.invoker.pool;

import dev.whirl.common.units.ByteSize;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.identity.Namespace;
import dev.whirl.sandbox.SandboxSpec;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Jobs and measures for tests of the pool.
final class Fixtures {
    static final long MILLI = Duration.ofMillis(1).toNanos();
    static final Namespace CALLER = new Namespace(new NamespaceName("guest"), "uuid-1");

    static final DemandConfig FIXED = new DemandConfig(false, Duration.ofHours(2), 8, 1_000);
    static final DemandConfig LEARNED = new DemandConfig(true, Duration.ofHours(2), 8, 5_000);

    private Fixtures() {}

    static ActionKey key(String action) {
        return new ActionKey(CALLER, EntityId.of(CALLER.name(), new EntityName(action)), "1");
    }

    static SandboxSpec spec(String runtime, int megabytes) {
        return new SandboxSpec(runtime, "image-" + runtime, ByteSize.mebibytes(megabytes), "test");
    }

    static Demand demand(String action, int megabytes) {
        return demand(action, megabytes, 1, null);
    }

    static Demand demand(String action, int megabytes, int concurrency, @Nullable Integer instances) {
        return new Demand(key(action), spec("node", megabytes), concurrency, instances);
    }

    static Job job(Demand demand, long sequence, long sinceNanos) {
        return new Job(demand, sequence, sinceNanos, new CompletableFuture<>());
    }

    static PoolConfig config(int megabytes) {
        return config(megabytes, FIXED);
    }

    static PoolConfig config(int megabytes, DemandConfig demand) {
        return new PoolConfig(
                ByteSize.mebibytes(megabytes),
                Duration.ofMinutes(10),
                Duration.ofSeconds(10),
                10_000,
                Duration.ofSeconds(60),
                Duration.ofMillis(500),
                2,
                2,
                demand);
    }
}
