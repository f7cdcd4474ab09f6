package dev.whirl.controller.access;

import dev.whirl.model.Messages;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.identity.Identity;
import dev.whirl.model.message.UserEvent;

/// Whether somebody may do something.
public sealed interface Access {
    record Allowed() implements Access {}

    /// @param sentence for the caller
    record Denied(String sentence) implements Access {}

    /// @param sentence for the caller
    record Throttled(String sentence, UserEvent.Name by) implements Access {}

    /// What a namespace may use.
    record Quota(int perMinute, int concurrent) {}

    /// What a namespace uses, this call not counted as running but counted as made.
    record Usage(int thisMinute, int running) {}

    /// Reading, writing and deleting: only in one's own namespace.
    static Access toResource(Identity caller, NamespaceName owner, String resource) {
        return caller.namespace().name().equals(owner)
                ? new Allowed()
                : new Denied(Messages.notAuthorizedFor(resource));
    }

    /// Invoking: rate first, then concurrency; entitlement comes after both (rows ).
    static Access toInvoke(Quota quota, Usage usage) {
        if (usage.thisMinute() > quota.perMinute()) {
            return tooMany(usage.thisMinute(), quota.perMinute());
        }
        if (usage.running() >= quota.concurrent()) {
            return tooManyRunning(usage.running(), quota.concurrent());
        }
        return new Allowed();
    }

    /// Firing: by the rate of triggers alone.
    static Access toFire(int thisMinute, int perMinute) {
        return thisMinute > perMinute ? tooMany(thisMinute, perMinute) : new Allowed();
    }

    static Access tooManyRunning(int running, int allowed) {
        return new Throttled(Messages.tooManyConcurrent(running, allowed), UserEvent.Name.CONCURRENT_RATE_LIMIT);
    }

    private static Access tooMany(int thisMinute, int allowed) {
        return new Throttled(Messages.tooManyRequests(thisMinute, allowed), UserEvent.Name.TIMED_RATE_LIMIT);
    }
}
