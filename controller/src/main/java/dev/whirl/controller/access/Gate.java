package dev.whirl.controller.access;

import dev.whirl.controller.events.UserEvents;
import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.identity.Identity;
import dev.whirl.model.limits.SystemLimits;
import java.time.InstantSource;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/// Lets calls in: keeps the counts that [Access] decides on, and turns its decisions into answers.
public final class Gate {
    private final SystemLimits limits;
    private final InstantSource clock;
    private final RateWindows invocations = new RateWindows();
    private final RateWindows fires = new RateWindows();
    private final InFlight inFlight;
    private final UserEvents events;
    private final IntSupplier controllers;
    private volatile boolean isDisabled;

    /// The gate of a controller without others.
    public Gate(SystemLimits limits, InstantSource clock, InFlight inFlight, UserEvents events) {
        this(limits, clock, inFlight, events, () -> 1);
    }

    /// @param controllers how many there are at the moment, this one included
    public Gate(
            SystemLimits limits, InstantSource clock, InFlight inFlight, UserEvents events, IntSupplier controllers) {
        this.limits = limits;
        this.clock = clock;
        this.inFlight = inFlight;
        this.events = events;
        this.controllers = controllers;
    }

    /// From now on nothing is invoked or fired, until it is enabled again (row R-49).
    public void disable() {
        isDisabled = true;
    }

    public void enable() {
        isDisabled = false;
    }

    /// @throws ApiException 403 unless the namespace is the caller's
    public void requireOwner(Identity caller, NamespaceName namespace, String resource) {
        enforce(Access.toResource(caller, namespace, resource));
    }

    /// Counts the call and admits it, whatever it is that it calls (row R-153).
    ///
    /// @throws ApiException 429, or 503 if nothing is invoked at present
    public Admission admit(Identity caller) {
        requireEnabled();
        String uuid = caller.namespace().uuid();
        Access.Quota quota = quota(caller);
        int thisMinute = invocations.count(uuid, clock.instant());
        var usage = new Access.Usage(thisMinute, inFlight.running(uuid));
        enforce(caller, Access.toInvoke(quota, usage));
        if (!inFlight.enter(uuid, quota.concurrent())) {
            enforce(caller, Access.tooManyRunning(inFlight.running(uuid), quota.concurrent()));
        }
        events.running(caller, usage.running() + 1);
        return new Admission(inFlight, uuid);
    }

    /// Counts the firing of a trigger: it has a rate of its own, and no concurrency (row R-151).
    ///
    /// @throws ApiException 429, or 503 if nothing is fired at present
    public void admitFire(Identity caller) {
        requireEnabled();
        int thisMinute = fires.count(caller.namespace().uuid(), clock.instant());
        int allowed = share(caller.limits().firesPerMinute(), limits.firesPerMinute());
        enforce(caller, Access.toFire(thisMinute, allowed));
    }

    private void requireEnabled() {
        if (isDisabled) {
            throw new ApiException(ErrorCode.OVERLOADED, Messages.CONTROLLER_DISABLED);
        }
    }

    private void enforce(Identity caller, Access access) {
        if (access instanceof Access.Throttled throttled) {
            events.throttled(caller, throttled.by());
        }
        enforce(access);
    }

    private Access.Quota quota(Identity caller) {
        return new Access.Quota(
                share(caller.limits().invocationsPerMinute(), limits.invocationsPerMinute()),
                share(caller.limits().concurrentInvocations(), limits.concurrentInvocations()));
    }

    private int share(@Nullable Integer own, int system) {
        return FairShare.of(own == null ? system : own, controllers.getAsInt());
    }

    private static void enforce(Access access) {
        switch (access) {
            case Access.Allowed() -> {}
            case Access.Denied(String sentence) -> throw new ApiException(ErrorCode.FORBIDDEN, sentence);
            case Access.Throttled throttled ->
                throw new ApiException(ErrorCode.TOO_MANY_REQUESTS, throttled.sentence());
        }
    }
}
