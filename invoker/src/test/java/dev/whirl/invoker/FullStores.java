package dev.whirl.invoker;

import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.activation.ActivationSummary;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.store.Activations;
import dev.whirl.store.CodeStore;
import dev.whirl.store.Entities;
import dev.whirl.store.InvocationJournal;
import dev.whirl.store.StoreException;
import dev.whirl.store.Stores;
import dev.whirl.store.Subjects;
import dev.whirl.store.memory.MemoryStores;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// Stores in memory that take no records while they are full.
final class FullStores implements Stores {
    final AtomicInteger refusals = new AtomicInteger();
    volatile boolean isFull;

    private final MemoryStores stores = new MemoryStores();

    @Override
    public Entities entities() {
        return stores.entities();
    }

    @Override
    public Subjects subjects() {
        return stores.subjects();
    }

    @Override
    public CodeStore code() {
        return stores.code();
    }

    @Override
    public Activations activations() {
        return new Records(stores.activations());
    }

    @Override
    public InvocationJournal journal() {
        return stores.journal();
    }

    @Override
    public void close() {
        stores.close();
    }

    private final class Records implements Activations {
        private final Activations all;

        Records(Activations all) {
            this.all = all;
        }

        @Override
        public void expect(NamespaceName namespace, ActivationId id) {}

        @Override
        public void record(Activation activation) {
            if (isFull) {
                refusals.incrementAndGet();
                throw new StoreException.Unavailable("The disk is full.");
            }
            all.record(activation);
        }

        @Override
        public Optional<Activation> find(NamespaceName namespace, ActivationId id) {
            return all.find(namespace, id);
        }

        @Override
        public List<ActivationSummary> list(Query query) {
            return all.list(query);
        }

        @Override
        public List<Activation> listFull(Query query) {
            return all.listFull(query);
        }

        @Override
        public long count(Query query) {
            return all.count(query);
        }

        @Override
        public List<NamespaceName> namespaces() {
            return all.namespaces();
        }

        @Override
        public void flush() {
            all.flush();
        }

        @Override
        public long prune(Retention retention, Instant now) {
            return all.prune(retention, now);
        }
    }
}
