package dev.whirl.model.limits;

import dev.whirl.common.units.ByteSize;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What was set for the actions of one namespace; what is unset is as the system has it (row R-156). Values beyond
/// the system's count as the system's.
public record ActionBounds(
        Bounds<ByteSize> memory,
        Bounds<ByteSize> logs,
        Bounds<Duration> timeout,
        Bounds<Integer> concurrency,
        Sizes sizes,
        Instances instances) {
    public static final ActionBounds NONE =
            new ActionBounds(Bounds.none(), Bounds.none(), Bounds.none(), Bounds.none(), Sizes.NONE, Instances.NONE);

    /// These bounds, and where they are unset others.
    public ActionBounds over(ActionBounds others) {
        return others.equals(NONE)
                ? this
                : new ActionBounds(
                        memory.over(others.memory),
                        logs.over(others.logs),
                        timeout.over(others.timeout),
                        concurrency.over(others.concurrency),
                        sizes.over(others.sizes),
                        instances);
    }

    /// @param parameters largest parameters of one entity
    /// @param payload largest argument object and result
    /// @param truncation how much of a result that is too large is shown
    public record Sizes(
            @Nullable ByteSize parameters,
            @Nullable ByteSize payload,
            @Nullable ByteSize truncation) {
        public static final Sizes NONE = new Sizes(null, null, null);

        Sizes over(Sizes others) {
            return new Sizes(
                    parameters == null ? others.parameters : parameters,
                    payload == null ? others.payload : payload,
                    truncation == null ? others.truncation : truncation);
        }
    }

    /// @param max most sandboxes of one action
    /// @param warmKept how many sandboxes of an action stay warm
    /// @param warmTime how long they do
    public record Instances(
            @Nullable Integer max,
            @Nullable Integer warmKept,
            @Nullable Duration warmTime) {
        public static final Instances NONE = new Instances(null, null, null);
    }
}
