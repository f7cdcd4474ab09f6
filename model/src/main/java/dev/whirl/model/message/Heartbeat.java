package dev.whirl.model.message;

import dev.whirl.common.units.ByteSize;
import dev.whirl.model.entity.EntityId;
import java.util.Map;

/// What an invoker has at hand, told each second and whenever it changes much: invoker → every controller (row
/// I-7).
///
/// @param poolMemory what sandboxes may use in all
/// @param freeMemory what is neither busy nor being started; idle sandboxes count as free, since they can be
///     evicted
/// @param warm free places in warm sandboxes, by action
/// @param isDraining takes no more work
public record Heartbeat(
        InvokerId invoker, ByteSize poolMemory, ByteSize freeMemory, Map<EntityId, Integer> warm, boolean isDraining)
        implements Message {
    public Heartbeat {
        warm = Map.copyOf(warm);
    }
}
