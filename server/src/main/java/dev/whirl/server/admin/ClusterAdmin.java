package dev.whirl.server.admin;

import dev.whirl.bus.kafka.KafkaBus;
import dev.whirl.bus.kafka.KafkaBusConfig;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.message.EntityChanged;
import dev.whirl.model.message.IdentitiesChanged;
import dev.whirl.model.message.Invocation;
import dev.whirl.model.message.Topic;
import dev.whirl.store.InvocationJournal;
import dev.whirl.store.StoreException;
import dev.whirl.store.Stores;
import dev.whirl.store.couchdb.CouchDesign;
import dev.whirl.store.couchdb.CouchStoreConfig;
import dev.whirl.store.couchdb.CouchStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Administers a cluster: its database, whether its servers run or not.
///
/// @param bus to tell the controllers of changes, who would else learn of them when their caches expire; null for none
public record ClusterAdmin(CouchStoreConfig store, @Nullable KafkaBusConfig bus) {
    /// Makes or upgrades databases and design documents.
    int initialize(Consumer<String> out) {
        List<String> done = CouchDesign.init(store, new SimpleMeterRegistry(), CouchDesign.Replace.NEEDED);
        done.forEach(out);
        if (done.isEmpty()) {
            out.accept("Everything was there already.");
        }
        return AdminTask.DONE;
    }

    int run(AdminTask.OnStore task, Consumer<String> out) {
        try (CouchStores stores =
                CouchStores.open(store.withoutPruning(), new SimpleMeterRegistry(), new NoJournal())) {
            return task.work().run(new Cluster(stores), out);
        }
    }

    private final class Cluster implements Administered {
        private final CouchStores open;

        Cluster(CouchStores open) {
            this.open = open;
        }

        @Override
        public Stores stores() {
            return open;
        }

        @Override
        public void backup(Path folder) {
            throw new StoreException.Unavailable("The data are in CouchDB: use its replication for backups.", null);
        }

        @Override
        public void identitiesChanged() {
            KafkaBusConfig brokers = bus;
            if (brokers != null) {
                try (var kafka = new KafkaBus(brokers, new SimpleMeterRegistry())) {
                    kafka.publish(new Topic.CacheInvalidation(), new IdentitiesChanged());
                }
            }
        }

        @Override
        public void entitiesChanged(List<EntityId> ids) {
            KafkaBusConfig brokers = bus;
            if (brokers != null && !ids.isEmpty()) {
                try (var kafka = new KafkaBus(brokers, new SimpleMeterRegistry())) {
                    ids.forEach(each -> kafka.publish(new Topic.CacheInvalidation(), new EntityChanged(each)));
                }
            }
        }

        @Override
        public Optional<List<LogLine>> recentLog() {
            return Optional.empty();
        }
    }

    /// Nothing is accepted here.
    private static final class NoJournal implements InvocationJournal {
        @Override
        public void accept(Invocation invocation) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void acceptAll(List<Invocation> invocations, @Nullable Activation record) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void acceptRunning(Invocation invocation) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean started(ActivationId id) {
            return false;
        }

        @Override
        public void discard(ActivationId id) {
            // there is nothing in it
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
}
