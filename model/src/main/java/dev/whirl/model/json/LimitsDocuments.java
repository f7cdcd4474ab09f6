package dev.whirl.model.json;

import dev.whirl.common.units.ByteSize;
import dev.whirl.common.units.Durations;
import dev.whirl.model.limits.ActionBounds;
import dev.whirl.model.limits.Bounds;
import dev.whirl.model.limits.NamespaceLimits;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The fields of limits of a namespace, in the names and units of row R-156: memory and logs in MB, timeouts in
/// milliseconds, sizes as `"1048576 B"`.
final class LimitsDocuments {
    private LimitsDocuments() {}

    static NamespaceLimits read(DocumentFields fields) {
        return new NamespaceLimits(
                fields.integerOrNull("invocationsPerMinute"),
                fields.integerOrNull("concurrentInvocations"),
                fields.integerOrNull("firesPerMinute"),
                fields.find("allowedKinds").isEmpty() ? null : Set.copyOf(fields.texts("allowedKinds")),
                fields.flagOrNull("storeActivations"),
                actions(fields));
    }

    private static ActionBounds actions(DocumentFields fields) {
        return new ActionBounds(
                bounds(fields, "ActionMemory", ByteSize::mebibytes),
                bounds(fields, "ActionLogs", ByteSize::mebibytes),
                bounds(fields, "ActionTimeout", Duration::ofMillis),
                bounds(fields, "ActionConcurrency", Math::toIntExact),
                new ActionBounds.Sizes(
                        size(fields, "maxParameterSize"),
                        size(fields, "maxPayloadSize"),
                        size(fields, "truncationSize")),
                new ActionBounds.Instances(
                        fields.integerOrNull("maxActionInstances"),
                        fields.integerOrNull("warmedContainerKeepingCount"),
                        duration(fields, "warmedContainerKeepingTimeout")));
    }

    private static <T extends Comparable<T>> Bounds<T> bounds(
            DocumentFields fields, String name, Function<Long, T> unit) {
        Long min = fields.numberOrNull("min" + name);
        Long max = fields.numberOrNull("max" + name);
        return new Bounds<>(min == null ? null : unit.apply(min), max == null ? null : unit.apply(max));
    }

    private static @Nullable ByteSize size(DocumentFields fields, String name) {
        String text = fields.textOrNull(name);
        return text == null ? null : ByteSize.parse(text);
    }

    private static @Nullable Duration duration(DocumentFields fields, String name) {
        String text = fields.textOrNull(name);
        return text == null ? null : Durations.parse(text);
    }

    static void write(JsonWriter out, NamespaceLimits limits) {
        number(out, "invocationsPerMinute", limits.invocationsPerMinute());
        number(out, "concurrentInvocations", limits.concurrentInvocations());
        number(out, "firesPerMinute", limits.firesPerMinute());
        if (limits.allowedKinds() != null) {
            out.name("allowedKinds").startArray();
            new TreeSet<>(limits.allowedKinds()).forEach(out::string);
            out.endArray();
        }
        if (limits.storeActivations() != null) {
            out.field("storeActivations", limits.storeActivations());
        }
        writeActions(out, limits.actions());
    }

    private static void writeActions(JsonWriter out, ActionBounds actions) {
        bounds(out, "ActionMemory", actions.memory(), ByteSize::toMebibytes);
        bounds(out, "ActionLogs", actions.logs(), ByteSize::toMebibytes);
        bounds(out, "ActionTimeout", actions.timeout(), Duration::toMillis);
        bounds(out, "ActionConcurrency", actions.concurrency(), Integer::longValue);
        size(out, "maxParameterSize", actions.sizes().parameters());
        size(out, "maxPayloadSize", actions.sizes().payload());
        size(out, "truncationSize", actions.sizes().truncation());
        number(out, "maxActionInstances", actions.instances().max());
        number(out, "warmedContainerKeepingCount", actions.instances().warmKept());
        Duration kept = actions.instances().warmTime();
        if (kept != null) {
            out.field("warmedContainerKeepingTimeout", Durations.format(kept));
        }
    }

    private static <T extends Comparable<T>> void bounds(
            JsonWriter out, String name, Bounds<T> bounds, Function<T, Long> unit) {
        T min = bounds.min();
        T max = bounds.max();
        number(out, "min" + name, min == null ? null : unit.apply(min));
        number(out, "max" + name, max == null ? null : unit.apply(max));
    }

    private static void number(JsonWriter out, String name, @Nullable Number value) {
        if (value != null) {
            out.field(name, value.longValue());
        }
    }

    private static void size(JsonWriter out, String name, @Nullable ByteSize size) {
        if (size != null) {
            out.field(name, size.bytes() + " B");
        }
    }
}
