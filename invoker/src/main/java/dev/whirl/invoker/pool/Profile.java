package dev.whirl.invoker.pool;

import dev.whirl.invoker.demand.IdleTimes;
import dev.whirl.invoker.demand.KeepAlive;
import org.jspecify.annotations.Nullable;

/// What is remembered of an action, also while it has no sandbox. Guarded by the pool's lock.
final class Profile {
    private static final int REMEMBERED = 64;

    final IdleTimes times = new IdleTimes(REMEMBERED);

    /// How far apart the calls were that came while another ran: what a second sandbox is for.
    final IdleTimes overlaps = new IdleTimes(REMEMBERED);

    /// Whether a call ever came while another ran, and when it did last.
    boolean hasOverlapped;

    long lastOverlapNanos;

    /// When it was last noted as used.
    long rememberedNanos;

    /// What its last job needed; null before the first.
    @Nullable
    Demand demand;

    /// When it was last called or gave a place back.
    long lastNanos;

    /// What its idle times advise; null if they have not been asked since they changed.
    @Nullable
    KeepAlive keepAlive;
}
