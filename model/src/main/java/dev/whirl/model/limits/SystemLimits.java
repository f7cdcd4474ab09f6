package dev.whirl.model.limits;

import dev.whirl.common.units.ByteSize;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The limits of this installation (rows ). Read from the keys `limits.*`.
///
/// @param blockingWait longest time that a blocking call waits for its result
/// @param payload largest argument object
/// @param result largest result
/// @param truncation how much of a result that is too large is shown
/// @param code largest `exec`
/// @param parameters largest parameters of one entity, and largest annotations
/// @param namespaces what counts in every namespace for which nothing else was set
public record SystemLimits(
        int invocationsPerMinute,
        int concurrentInvocations,
        int firesPerMinute,
        int sequenceLength,
        Range<Duration> timeout,
        Range<ByteSize> memory,
        Range<ByteSize> logs,
        Range<Integer> concurrency,
        Duration blockingWait,
        ByteSize payload,
        ByteSize result,
        ByteSize truncation,
        ByteSize code,
        ByteSize parameters,
        ActionBounds namespaces) {
    /// OpenWhisk's own defaults, which a cluster starts with.
    public static final SystemLimits OPENWHISK = new SystemLimits(
            60,
            30,
            60,
            50,
            new Range<>(Duration.ofMillis(100), Duration.ofMinutes(5), Duration.ofMinutes(1)),
            new Range<>(ByteSize.mebibytes(128), ByteSize.mebibytes(512), ByteSize.mebibytes(256)),
            new Range<>(ByteSize.ZERO, ByteSize.mebibytes(10), ByteSize.mebibytes(10)),
            new Range<>(1, 1, 1),
            Duration.ofSeconds(60),
            ByteSize.mebibytes(1),
            ByteSize.mebibytes(1),
            ByteSize.kibibytes(1),
            ByteSize.mebibytes(48),
            ByteSize.mebibytes(1),
            ActionBounds.NONE);

    /// Generous quotas for one person on one machine.
    public static final SystemLimits STANDALONE = new SystemLimits(
            60_000,
            1_000,
            60_000,
            OPENWHISK.sequenceLength,
            OPENWHISK.timeout,
            OPENWHISK.memory,
            OPENWHISK.logs,
            new Range<>(1, 500, 1),
            OPENWHISK.blockingWait,
            OPENWHISK.payload,
            OPENWHISK.result,
            OPENWHISK.truncation,
            OPENWHISK.code,
            OPENWHISK.parameters,
            OPENWHISK.namespaces);

    /// What counts in a namespace (row R-156). Its quotas are its own, even above the system's; everything about
    /// actions and sizes lies within the system's limits.
    public SystemLimits in(NamespaceLimits own) {
        boolean isAsSystem = own.equals(NamespaceLimits.NONE) && namespaces.equals(ActionBounds.NONE);
        return isAsSystem ? this : narrowed(own, bounds(own));
    }

    /// What was set for the actions of a namespace, by itself or for all (row R-156).
    public ActionBounds bounds(NamespaceLimits own) {
        return own.actions().over(namespaces);
    }

    public SystemLimits withNamespaces(ActionBounds other) {
        return new SystemLimits(
                invocationsPerMinute,
                concurrentInvocations,
                firesPerMinute,
                sequenceLength,
                timeout,
                memory,
                logs,
                concurrency,
                blockingWait,
                payload,
                result,
                truncation,
                code,
                parameters,
                other);
    }

    /// Most sandboxes that an action of a namespace may ask for (row R-64).
    public int instances(NamespaceLimits own) {
        int concurrent = orElse(own.concurrentInvocations(), concurrentInvocations);
        return Math.min(concurrent, orElse(own.actions().instances().max(), concurrent));
    }

    private SystemLimits narrowed(NamespaceLimits own, ActionBounds actions) {
        ActionBounds.Sizes sizes = actions.sizes();
        return new SystemLimits(
                orElse(own.invocationsPerMinute(), invocationsPerMinute),
                orElse(own.concurrentInvocations(), concurrentInvocations),
                orElse(own.firesPerMinute(), firesPerMinute),
                sequenceLength,
                actions.timeout().within(timeout),
                actions.memory().within(memory),
                actions.logs().within(logs),
                actions.concurrency().within(concurrency),
                blockingWait,
                atMost(sizes.payload(), payload),
                atMost(sizes.payload(), result),
                atMost(sizes.truncation(), truncation),
                code,
                atMost(sizes.parameters(), parameters),
                namespaces);
    }

    private static int orElse(@Nullable Integer own, int system) {
        return own == null ? system : own;
    }

    private static ByteSize atMost(@Nullable ByteSize own, ByteSize system) {
        return own == null || own.compareTo(system) > 0 ? system : own;
    }

    /// The largest body of a PUT of what has no code: parameters, annotations, escapes and space between them.
    public long entityBody() {
        return 4 * parameters.bytes() + 64 * 1024;
    }
}
