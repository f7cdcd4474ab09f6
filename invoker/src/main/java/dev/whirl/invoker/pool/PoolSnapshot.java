package dev.whirl.invoker.pool;

import dev.whirl.common.units.ByteSize;

/// How the pool stands, in numbers.
///
/// @param active sandboxes that run or prepare to run something
/// @param idle initialized sandboxes without work, frozen ones included
/// @param prewarmed stem cells
/// @param starting sandboxes being started
/// @param waiting jobs
/// @param used memory of all sandboxes
/// @param available memory that is neither busy nor being started; idle sandboxes and stem cells count, since they can
///     be evicted
public record PoolSnapshot(
        int active, int idle, int prewarmed, int starting, int waiting, ByteSize used, ByteSize available) {}
