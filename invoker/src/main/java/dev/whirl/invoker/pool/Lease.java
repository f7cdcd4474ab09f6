package dev.whirl.invoker.pool;

import dev.whirl.sandbox.Sandbox;

/// A place in a sandbox, for one run. Used by one thread; closing it gives the place back.
///
/// A sandbox is used again only if its job says so with [#reusable]: whatever else happens, it is destroyed.
public final class Lease implements AutoCloseable {
    private final Pool pool;
    private final Slot slot;
    private final Sandbox sandbox;
    private final StartKind kind;
    private final boolean isSingleUse;
    private final long grantedAtNanos;

    private long runsSinceNanos;
    private boolean isReusable;
    private boolean isClosed;

    Lease(Pool pool, Slot slot, Sandbox sandbox, StartKind kind, boolean isSingleUse, long nowNanos) {
        this.pool = pool;
        this.slot = slot;
        this.sandbox = sandbox;
        this.kind = kind;
        this.isSingleUse = isSingleUse;
        grantedAtNanos = nowNanos;
        runsSinceNanos = kind == StartKind.WARM ? nowNanos : -1;
    }

    public Sandbox sandbox() {
        return sandbox;
    }

    public StartKind kind() {
        return kind;
    }

    /// Whether the sandbox has no code yet: init it, then call [#initialized].
    public boolean needsInit() {
        return runsSinceNanos < 0;
    }

    /// The code is there: others may come in beside this job, as many as the sandbox takes.
    public void initialized() {
        long now = pool.now();
        runsSinceNanos = now;
        pool.initialized(slot, now - grantedAtNanos);
    }

    /// The sandbox may run something else after this, if its action allows that.
    public void reusable() {
        isReusable = true;
    }

    /// Gives the place back: it looks the sandbox over first, if nothing else runs in there.
    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            long held = needsInit() ? 0 : Math.max(1, pool.now() - runsSinceNanos);
            pool.giveBack(slot, sandbox, held, isReusable && !isSingleUse && !needsInit());
        }
    }
}
