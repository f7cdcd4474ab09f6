package dev.whirl.controller.access;

import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.identity.Identity;
import dev.whirl.model.limits.SystemLimits;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Lets calls in: keeps the counts that [Access] decides on, and turns its decisions into answers.
public final class Gate {
    private final SystemLimits limits;
    private final InstantSource clock;
    private final RateWindows rates = new RateWindows();
    private final InFlight inFlight;

    public Gate(SystemLimits limits, InstantSource clock, InFlight inFlight) {
        this.limits = limits;
        this.clock = clock;
        this.inFlight = inFlight;
    }

    /// @throws ApiException 403 unless the namespace is the caller's
    public void requireOwner(Identity caller, NamespaceName namespace, String resource) {
        enforce(Access.toResource(caller, namespace, resource));
    }

    /// Counts the call and admits it, whether or not the action exists (row R-153).
    ///
    /// @throws ApiException 429 or 403
    public Admission admit(Identity caller, EntityId action) {
        String uuid = caller.namespace().uuid();
        Access.Quota quota = quota(caller);
        int thisMinute = rates.count(uuid, clock.instant());
        var usage = new Access.Usage(thisMinute, inFlight.running(uuid));
        enforce(Access.toInvoke(caller, action.namespace(), action.toString(), quota, usage));
        if (!inFlight.enter(uuid, quota.concurrent())) {
            enforce(new Access.Throttled(Messages.tooManyConcurrent(inFlight.running(uuid), quota.concurrent())));
        }
        return new Admission(inFlight, uuid);
    }

    private Access.Quota quota(Identity caller) {
        return new Access.Quota(
                orElse(caller.limits().invocationsPerMinute(), limits.invocationsPerMinute()),
                orElse(caller.limits().concurrentInvocations(), limits.concurrentInvocations()));
    }

    private static int orElse(@Nullable Integer own, int system) {
        return own == null ? system : own;
    }

    private static void enforce(Access access) {
        switch (access) {
            case Access.Allowed() -> {}
            case Access.Denied(String sentence) -> throw new ApiException(ErrorCode.FORBIDDEN, sentence);
            case Access.Throttled(String sentence) -> throw new ApiException(ErrorCode.TOO_MANY_REQUESTS, sentence);
        }
    }
}
