package dev.whirl.controller.api.http;

import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import java.util.concurrent.atomic.AtomicLong;

/// Bounds the memory that all large bodies take together (attack 26).
final class BodyBudget {
    /// Smaller bodies are not counted: the number of connections bounds them.
    static final long FREE_OF_CHARGE = 64 * 1024;

    private final long capacity;
    private final AtomicLong used = new AtomicLong();

    BodyBudget(long capacity) {
        this.capacity = capacity;
    }

    /// @throws ApiException 503 if there is not so much left
    void take(long bytes) {
        long before = used.getAndUpdate(now -> now + bytes <= capacity ? now + bytes : now);
        if (before + bytes > capacity) {
            throw new ApiException(ErrorCode.OVERLOADED);
        }
    }

    void give(long bytes) {
        used.addAndGet(-bytes);
    }

    long used() {
        return used.get();
    }
}
