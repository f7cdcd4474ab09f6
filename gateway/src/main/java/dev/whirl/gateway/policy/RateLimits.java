package dev.whirl.gateway.policy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.whirl.gateway.document.ApiPlan.Operation;
import dev.whirl.gateway.document.RateLimit;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/// The buckets of all callers. They belong to this process: several gateways allow as many times as much.
public final class RateLimits {
    private static final int MOST = 200_000;

    private record Key(String api, String counter, String caller, RateLimit limit) {}

    private final LongSupplier nanos;
    private final Cache<Key, LeakyBucket> buckets =
            Caffeine.newBuilder().maximumSize(MOST).build();

    public RateLimits(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /// Counts a request. Of several limits those that come before the one that is reached count it too.
    ///
    /// @param api whose operation it is for
    /// @param caller whose requests count together
    /// @return how long to wait; empty if the request may pass
    public Optional<Duration> take(String api, String caller, Operation operation) {
        for (RateLimit limit : operation.limits()) {
            Optional<Duration> wait = take(new Key(api, operation.counter(), caller, limit));
            if (wait.isPresent()) {
                return wait;
            }
        }
        return Optional.empty();
    }

    private Optional<Duration> take(Key key) {
        var wait = new long[1];
        long now = nanos.getAsLong();
        buckets.asMap().compute(key, (_, known) -> {
            LeakyBucket bucket = known == null ? new LeakyBucket(now) : known;
            return switch (LeakyBucket.add(bucket, key.limit(), now)) {
                case LeakyBucket.Decision.Allowed(LeakyBucket next) -> next;
                case LeakyBucket.Decision.Refused(long waitNanos) -> {
                    wait[0] = waitNanos;
                    yield bucket;
                }
            };
        });
        return wait[0] == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(wait[0]));
    }
}
