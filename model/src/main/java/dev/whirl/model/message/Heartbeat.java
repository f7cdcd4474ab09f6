package dev.whirl.model.message;

import dev.whirl.common.units.ByteSize;
import dev.whirl.model.entity.EntityId;
import java.util.Map;
import java.util.Set;

/// What an invoker has at hand, told each second and whenever it changes much: invoker → every controller (row
/// I-7).
///
/// @param poolMemory what sandboxes may use in all
/// @param freeMemory what is neither busy nor being started; idle sandboxes count as free, since they can be
///     evicted
/// @param warm free places in warm sandboxes, by action
/// @param isDraining takes no more work
/// @param traits what stays as it is while the invoker runs
public record Heartbeat(
        InvokerId invoker,
        ByteSize poolMemory,
        ByteSize freeMemory,
        Map<EntityId, Integer> warm,
        boolean isDraining,
        Traits traits)
        implements Message {
    /// What sets an invoker apart from others.
    ///
    /// @param isProven it found out itself that sandboxes can be made where it runs, so that it need not be tried
    ///     before it gets work (row I-14)
    /// @param tags resources that it has, such as `gpu` (row A-9)
    /// @param dedicatedNamespaces the only ones that it works for; none: it works for all
    public record Traits(boolean isProven, Set<String> tags, Set<String> dedicatedNamespaces) {
        public static final Traits PLAIN = new Traits(true, Set.of(), Set.of());

        public Traits {
            tags = Set.copyOf(tags);
            dedicatedNamespaces = Set.copyOf(dedicatedNamespaces);
        }
    }

    public Heartbeat {
        warm = Map.copyOf(warm);
    }

    /// Of an invoker like most.
    public Heartbeat(
            InvokerId invoker,
            ByteSize poolMemory,
            ByteSize freeMemory,
            Map<EntityId, Integer> warm,
            boolean isDraining) {
        this(invoker, poolMemory, freeMemory, warm, isDraining, Traits.PLAIN);
    }
}
