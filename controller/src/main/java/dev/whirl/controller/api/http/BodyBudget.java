package dev.whirl.controller.api.http;

import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Bounds the memory that all large bodies take together (attack 26).
final class BodyBudget {
    /// Smaller bodies are not counted: the number of connections bounds them.
    static final long FREE_OF_CHARGE = 64 * 1024;

    private static final int UNIT = 1024;

    private final Semaphore units;
    private final Duration patience;

    /// @param patience how long to wait for others to be done
    BodyBudget(long capacityBytes, Duration patience) {
        units = new Semaphore(units(capacityBytes), true);
        this.patience = patience;
    }

    /// @throws ApiException 503 if there is not so much left for too long
    void take(long bytes) {
        try {
            if (!units.tryAcquire(units(bytes), patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new ApiException(ErrorCode.OVERLOADED);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException(ErrorCode.OVERLOADED);
        }
    }

    /// @param bytes as they were taken
    void give(long bytes) {
        units.release(units(bytes));
    }

    private static int units(long bytes) {
        return Math.toIntExact((bytes + UNIT - 1) / UNIT);
    }
}
