package dev.whirl.store.embedded;

import java.util.concurrent.CompletableFuture;

/// A change on its way into the database.
///
/// @param bytes about how much it will take on the disk
/// @param kind how long it may wait
/// @param queuedAt in nanoseconds, as [System#nanoTime] counts
/// @param result ends when the change is durable, for a deferred one when it is written; or with the reason why it
///     was not made
record Commit(Change change, long bytes, Kind kind, long queuedAt, CompletableFuture<Void> result) {
    enum Kind {
        /// Somebody waits for it: written with the next group, failed if that fails.
        URGENT,
        /// Nobody waits: collected for a few milliseconds, tried again if it fails.
        DEFERRED,
        /// As urgent, and goes ahead though the disk is nearly full, because it frees space.
        FREEING
    }

    static Commit of(Kind kind, long bytes, Change change) {
        return new Commit(change, bytes, kind, System.nanoTime(), new CompletableFuture<>());
    }

    boolean isDeferred() {
        return kind == Kind.DEFERRED;
    }
}
