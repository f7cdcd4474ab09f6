package dev.whirl.model.limits;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What was set for one namespace; null means the system's value (row R-156).
public record NamespaceLimits(
        @Nullable Integer invocationsPerMinute,
        @Nullable Integer concurrentInvocations,
        @Nullable Integer firesPerMinute,
        @Nullable Set<String> allowedKinds,
        @Nullable Boolean storeActivations,
        ActionBounds actions) {
    public static final NamespaceLimits NONE = new NamespaceLimits(null, null, null, null, null);

    public NamespaceLimits {
        allowedKinds = allowedKinds == null ? null : Set.copyOf(allowedKinds);
    }

    public NamespaceLimits(
            @Nullable Integer invocationsPerMinute,
            @Nullable Integer concurrentInvocations,
            @Nullable Integer firesPerMinute,
            @Nullable Set<String> allowedKinds,
            @Nullable Boolean storeActivations) {
        this(
                invocationsPerMinute,
                concurrentInvocations,
                firesPerMinute,
                allowedKinds,
                storeActivations,
                ActionBounds.NONE);
    }
}
