package dev.whirl.controller;

import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.activation.ActivationSummary;
import dev.whirl.model.entity.Entity;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.store.Activations;
import dev.whirl.store.CodeStore;
import dev.whirl.store.ConflictException;
import dev.whirl.store.Entities;
import dev.whirl.store.InvocationJournal;
import dev.whirl.store.Revision;
import dev.whirl.store.StoreException;
import dev.whirl.store.Stores;
import dev.whirl.store.Subjects;
import dev.whirl.store.Write;
import dev.whirl.store.memory.MemoryStores;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Stores in memory of which some documents can't be read, and that take no records or give no entities for a while.
public final class FaultyStores implements Stores {
    private final MemoryStores sound;
    private final Set<String> damaged = ConcurrentHashMap.newKeySet();
    private final AtomicInteger refused = new AtomicInteger();
    private volatile boolean isFull;
    private volatile boolean isOutOfReach;

    public FaultyStores(MemoryStores sound) {
        this.sound = sound;
    }

    /// From now on this entity of the guest can't be read, until it is deleted.
    void damage(String name) {
        damaged.add(
                EntityId.of(new NamespaceName("guest"), new EntityName(name)).toString());
    }

    /// Whether records are refused.
    public void setFull(boolean value) {
        isFull = value;
    }

    /// Whether entities can't be read.
    void setOutOfReach(boolean value) {
        isOutOfReach = value;
    }

    /// How often something was refused.
    public int refused() {
        return refused.get();
    }

    @Override
    public Entities entities() {
        return new SomeEntities(sound.entities());
    }

    @Override
    public Subjects subjects() {
        return sound.subjects();
    }

    @Override
    public CodeStore code() {
        return sound.code();
    }

    @Override
    public Activations activations() {
        return new SomeRecords(sound.activations());
    }

    @Override
    public InvocationJournal journal() {
        return sound.journal();
    }

    @Override
    public void close() {
        sound.close();
    }

    private StoreException refusal() {
        refused.incrementAndGet();
        return new StoreException.Unavailable("The disk is gone.");
    }

    private final class SomeEntities implements Entities {
        private final Entities all;

        SomeEntities(Entities all) {
            this.all = all;
        }

        @Override
        public Optional<Stored> find(EntityId id) {
            if (isOutOfReach) {
                throw refusal();
            }
            if (damaged.contains(id.toString())) {
                throw new StoreException.Corrupted(id.toString(), "bad checksum", null);
            }
            return all.find(id);
        }

        @Override
        public Optional<Head> head(EntityId id) {
            return all.head(id);
        }

        @Override
        public List<Revision> applyAll(List<Write> writes) throws ConflictException {
            List<Revision> revisions = all.applyAll(writes);
            for (Write each : writes) {
                if (each instanceof Write.Delete(EntityId id, var _)) {
                    damaged.remove(id.toString());
                }
            }
            return revisions;
        }

        @Override
        public List<Entity> list(Entities.Query query) {
            return all.list(query);
        }

        @Override
        public List<NamespaceName> namespaces() {
            return all.namespaces();
        }

        @Override
        public long count(Entities.Query query) {
            return all.count(query);
        }
    }

    private final class SomeRecords implements Activations {
        private final Activations all;

        SomeRecords(Activations all) {
            this.all = all;
        }

        @Override
        public void expect(NamespaceName namespace, ActivationId id) {
            all.expect(namespace, id);
        }

        @Override
        public void record(Activation activation) {
            if (isFull) {
                throw refusal();
            }
            all.record(activation);
        }

        @Override
        public Optional<Activation> find(NamespaceName namespace, ActivationId id) {
            return all.find(namespace, id);
        }

        @Override
        public List<ActivationSummary> list(Activations.Query query) {
            return all.list(query);
        }

        @Override
        public List<Activation> listFull(Activations.Query query) {
            return all.listFull(query);
        }

        @Override
        public long count(Activations.Query query) {
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
