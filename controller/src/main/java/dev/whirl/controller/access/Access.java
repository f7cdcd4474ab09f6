package dev.whirl.controller.access;

import dev.whirl.model.Messages;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.identity.Identity;

/// Whether somebody may do something.
public sealed interface Access {
    record Allowed() implements Access {}

    /// @param sentence for the caller
    record Denied(String sentence) implements Access {}

    /// @param sentence for the caller
    record Throttled(String sentence) implements Access {}

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

    /// Invoking: rate first, then concurrency, then entitlement (rows ).
    static Access toInvoke(Identity caller, NamespaceName owner, String resource, Quota quota, Usage usage) {
        if (usage.thisMinute() > quota.perMinute()) {
            return new Throttled(Messages.tooManyRequests(usage.thisMinute(), quota.perMinute()));
        }
        if (usage.running() >= quota.concurrent()) {
            return new Throttled(Messages.tooManyConcurrent(usage.running(), quota.concurrent()));
        }
        return toResource(caller, owner, resource);
    }
}
