package dev.whirl.model.limits;

import static dev.whirl.common.Preconditions.require;

import org.jspecify.annotations.Nullable;

/// From and to, either of which may be unset: then the system's counts.
public record Bounds<T extends Comparable<T>>(
        @Nullable T min, @Nullable T max) {
    public Bounds {
        require(min == null || max == null || min.compareTo(max) <= 0, "%s is more than %s", min, max);
    }

    public static <T extends Comparable<T>> Bounds<T> none() {
        return new Bounds<>(null, null);
    }

    public boolean isNone() {
        return min == null && max == null;
    }

    /// These bounds, and where they are unset others; where both contradict each other these count.
    Bounds<T> over(Bounds<T> others) {
        T from = min == null ? others.min : min;
        T to = max == null ? others.max : max;
        if (from == null || to == null || from.compareTo(to) <= 0) {
            return new Bounds<>(from, to);
        }
        return min == null ? new Bounds<>(to, to) : new Bounds<>(from, from);
    }

    /// The system's range narrowed to these bounds: what lies beyond it counts as its end. The standard moves to the
    /// nearest value that is left.
    Range<T> within(Range<T> system) {
        T from = min == null ? system.min() : clamp(min, system.min(), system.max());
        T to = max == null ? system.max() : clamp(max, from, system.max());
        return new Range<>(from, to, clamp(system.standard(), from, to));
    }

    private static <T extends Comparable<T>> T clamp(T value, T from, T to) {
        T raised = value.compareTo(from) < 0 ? from : value;
        return raised.compareTo(to) > 0 ? to : raised;
    }
}
