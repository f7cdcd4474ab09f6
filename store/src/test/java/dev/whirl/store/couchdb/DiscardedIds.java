package dev.whirl.store.couchdb;

import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.message.Invocation;
import dev.whirl.store.InvocationJournal;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A journal with nothing in it, which tells what is taken out of it.
record DiscardedIds(Collection<ActivationId> ids) implements InvocationJournal {
    @Override
    public void accept(Invocation invocation) {}

    @Override
    public void acceptAll(List<Invocation> invocations, @Nullable Activation record) {}

    @Override
    public void acceptRunning(Invocation invocation) {}

    @Override
    public boolean started(ActivationId id) {
        return true;
    }

    @Override
    public void discard(ActivationId id) {
        ids.add(id);
    }

    @Override
    public List<Entry> unfinished(@Nullable Entry after, int limit) {
        return List.of();
    }

    @Override
    public Optional<Entry> find(ActivationId id) {
        return Optional.empty();
    }
}
