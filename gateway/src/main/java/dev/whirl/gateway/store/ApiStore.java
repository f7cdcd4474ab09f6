package dev.whirl.gateway.store;

import dev.whirl.gateway.policy.Subscription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Keeps APIs and their subscriptions. Every method may throw [ApiStoreException].
public interface ApiStore extends AutoCloseable {
    /// Everything that is kept.
    record Contents(List<StoredApi> apis, List<Subscription> subscriptions) {
        public Contents {
            apis = List.copyOf(apis);
            subscriptions = List.copyOf(subscriptions);
        }
    }

    /// A write came too late: somebody else changed the same API, or took it away.
    final class ConflictException extends Exception {
        public ConflictException() {
            super("changed by somebody else", null, false, false);
        }
    }

    Contents read();

    /// Another text whenever anybody wrote. None comes twice, even if the store lost what was written; but
    /// for the empty one, which is that of a store that nobody wrote to.
    String version();

    /// Whether other processes write too.
    boolean isShared();

    /// Creates an API, or replaces it.
    ///
    /// @param expected as it was read; null to create it
    void put(StoredApi api, @Nullable StoredApi expected) throws ConflictException;

    /// Takes an API away, with its subscriptions.
    void remove(StoredApi expected) throws ConflictException;

    /// Creates a subscription, or replaces that of the same client: from then on its old secret counts no more.
    ///
    /// @throws ConflictException also if its API is not there
    void put(Subscription subscription) throws ConflictException;

    /// Takes a client's subscription away, whatever its secret is by now.
    void remove(Subscription subscription) throws ConflictException;

    @Override
    void close();
}
