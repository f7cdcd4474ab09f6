package dev.whirl.e2e.support;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/// Waiting for something that will be so, with a deadline.
public final class Waiting {
    private Waiting() {}

    /// Asks again and again; fails with the last answer if it never was as wished.
    public static <T> T until(Duration deadline, Supplier<T> ask, Predicate<? super T> wish) {
        try {
            return Awaitility.await()
                    .atMost(deadline)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(10))
                    .until(ask::get, answer -> wish.test(answer));
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("not within " + deadline + ", last seen: " + ask.get(), e);
        }
    }

    public static void until(Duration deadline, String what, Supplier<Boolean> condition) {
        Awaitility.await(what)
                .atMost(deadline)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(condition::get);
    }
}
