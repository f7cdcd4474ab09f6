package dev.whirl.store.embedded;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/// Removes code that no entity has used for a while. The while is counted from the sweep that first found it
/// unused, and from the last time that it was put: so code is safe between being put and its entity being
/// put, and what is running just after its action was deleted still finds its code. The monitor guards all
/// fields.
final class CodeSweeper {
    private final FileCodeStore code;
    private final Predicate<String> isUsed;
    private final Duration grace;
    private final Counter removed;
    private final Map<String, Instant> unusedSince = new HashMap<>();

    CodeSweeper(FileCodeStore code, Predicate<String> isUsed, Duration grace, MeterRegistry metrics) {
        this.code = code;
        this.isUsed = isUsed;
        this.grace = grace;
        this.removed = Counter.builder("whirl.store.code.removed")
                .description("Texts of code removed because no action used them")
                .register(metrics);
    }

    /// Does something while nothing is removed.
    synchronized void rest(Runnable task) {
        task.run();
    }

    synchronized void sweep(Instant now) {
        code.forEach(sha256 -> {
            if (isUsed.test(sha256)) {
                unusedSince.remove(sha256);
            } else if (!unusedSince
                    .computeIfAbsent(sha256, _ -> now)
                    .plus(grace)
                    .isAfter(now)) {
                remove(sha256, now.minus(grace));
            }
        });
    }

    private void remove(String sha256, Instant before) {
        if (code.removeIf(sha256, before, () -> !isUsed.test(sha256))) {
            unusedSince.remove(sha256);
            removed.increment();
        }
    }
}
