package dev.whirl.client;

import org.jspecify.annotations.Nullable;

/// Which activations to list, newest first (rows ).
///
/// @param name `action` or `package/action`; null for all
/// @param sinceMillis epoch milliseconds, inclusive; null for no bound
/// @param uptoMillis epoch milliseconds, inclusive; null for no bound
/// @param isFull whole records instead of rows
public record ActivationQuery(
        Page page,
        @Nullable String name,
        @Nullable Long sinceMillis,
        @Nullable Long uptoMillis,
        boolean isFull) {
    /// The rows of the latest activations.
    public static ActivationQuery latest(int limit) {
        return new ActivationQuery(new Page(limit, 0), null, null, null, false);
    }

    /// Whole records of everything that started at a time or later, as many as the server gives.
    public static ActivationQuery fullSince(long millis) {
        return new ActivationQuery(Page.MOST, null, millis, null, true);
    }

    public ActivationQuery withName(@Nullable String filter) {
        return new ActivationQuery(page, filter, sinceMillis, uptoMillis, isFull);
    }

    public ActivationQuery on(Page other) {
        return new ActivationQuery(other, name, sinceMillis, uptoMillis, isFull);
    }

    public ActivationQuery asFull() {
        return new ActivationQuery(page, name, sinceMillis, uptoMillis, true);
    }
}
