package dev.whirl.controller;

import dev.whirl.common.config.ConfigReader;
import dev.whirl.common.units.ByteSize;
import dev.whirl.model.limits.ActionBounds;
import dev.whirl.model.limits.Bounds;
import dev.whirl.model.limits.Range;
import dev.whirl.model.limits.SystemLimits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Reads the keys `limits.namespace-default.*`: what counts in namespaces for which nothing else was set, within the
/// limits of the system (row R-156).
final class NamespaceDefaults {
    private static final String PREFIX = "limits.namespace-default.";

    private final ConfigReader reader;

    private NamespaceDefaults(ConfigReader reader) {
        this.reader = reader;
    }

    static ActionBounds read(ConfigReader reader, SystemLimits system) {
        var keys = new NamespaceDefaults(reader);
        return new ActionBounds(
                keys.sizes("action-memory", system.memory(), "memory"),
                keys.sizes("action-logs", system.logs(), "log size"),
                keys.durations("action-timeout", system.timeout()),
                keys.concurrency(system.concurrency()),
                new ActionBounds.Sizes(
                        keys.size("parameters-max", system.parameters(), "Largest parameters of an entity"),
                        keys.size("payload-max", system.payload(), "Largest arguments and results"),
                        null),
                ActionBounds.Instances.NONE);
    }

    private Bounds<ByteSize> sizes(String name, Range<ByteSize> system, String what) {
        return bounds(
                name,
                reader.size(PREFIX + name + "-min", system.min(), meaning("Least " + what + " of an action")),
                reader.size(PREFIX + name + "-max", system.max(), meaning("Most " + what + " of an action")),
                system);
    }

    private Bounds<Duration> durations(String name, Range<Duration> system) {
        return bounds(
                name,
                reader.duration(PREFIX + name + "-min", system.min(), meaning("Least time limit of an action")),
                reader.duration(PREFIX + name + "-max", system.max(), meaning("Most time limit of an action")),
                system);
    }

    private Bounds<Integer> concurrency(Range<Integer> system) {
        int max = Math.toIntExact(reader.number(
                PREFIX + "action-concurrency-max",
                system.max(),
                1,
                10_000,
                meaning("Most activations at a time in one sandbox")));
        return bounds("action-concurrency", system.min(), max, system);
    }

    private @Nullable ByteSize size(String name, ByteSize system, String what) {
        ByteSize size = reader.size(PREFIX + name, system, meaning(what));
        return size.equals(system) ? null : size;
    }

    /// What is as the system has it counts as unset.
    private <T extends Comparable<T>> Bounds<T> bounds(String name, T min, T max, Range<T> system) {
        if (min.compareTo(max) > 0) {
            reader.problem("%s%s-min = %s is more than %s".formatted(PREFIX, name, min, max));
            return Bounds.none();
        }
        return new Bounds<>(min.equals(system.min()) ? null : min, max.equals(system.max()) ? null : max);
    }

    private static String meaning(String what) {
        return what + " in a namespace for which nothing else was set.";
    }
}
