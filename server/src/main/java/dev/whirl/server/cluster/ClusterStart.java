package dev.whirl.server.cluster;

import dev.whirl.bus.kafka.KafkaBus;
import dev.whirl.bus.kafka.KafkaBusConfig;
import dev.whirl.bus.kafka.KafkaCheck;
import dev.whirl.common.config.ConfigException;
import dev.whirl.model.limits.SystemLimits;
import dev.whirl.model.message.Topic;
import dev.whirl.store.Activations;
import dev.whirl.store.InvocationJournal;
import dev.whirl.store.StoreException;
import dev.whirl.store.couchdb.CouchDesign;
import dev.whirl.store.couchdb.CouchStoreConfig;
import dev.whirl.store.couchdb.CouchStores;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Looks at the engines of a cluster before anything is started, and tells all that stands in the way at once.
public final class ClusterStart {
    /// What a message has beside arguments or result: the caller, names, annotations.
    private static final int BESIDE_PAYLOAD_BYTES = 64 * 1024;

    /// An open bus and open stores.
    public record Engines(KafkaBus bus, CouchStores stores) implements AutoCloseable {
        @Override
        public void close() {
            stores.close();
            bus.close();
        }
    }

    private ClusterStart() {}

    /// What a process needs of the engines.
    ///
    /// @param bus null if its configuration cannot be used
    /// @param store the same; null for processes without one, too
    /// @param work what it follows itself; null for processes without work, and if it is not known
    public record Needs(
            @Nullable KafkaBusConfig bus,
            @Nullable CouchStoreConfig store,
            SystemLimits limits,
            Topic.@Nullable Followed work) {}

    /// What is in the way of a process that cannot start anyway, so that all is told at once.
    public static List<String> problems(Needs needs, MeterRegistry meters) {
        var problems = new ArrayList<String>();
        if (needs.bus() != null) {
            problems.addAll(KafkaCheck.problems(needs.bus(), largestMessage(needs.limits())));
        }
        if (needs.store() != null) {
            problems.addAll(CouchDesign.problems(needs.store(), meters));
        }
        if (needs.bus() != null && needs.work() != null) {
            KafkaCheck.otherOwner(needs.bus(), needs.work()).ifPresent(problems::add);
        }
        return problems;
    }

    /// @param journals makes the journal of a process out of its bus, and of where records go
    /// @throws ConfigException with a sentence for each problem
    public static Engines open(
            KafkaBusConfig busConfig,
            CouchStoreConfig storeConfig,
            SystemLimits limits,
            MeterRegistry meters,
            Function<KafkaBus, Function<Activations, InvocationJournal>> journals) {
        var problems = new ArrayList<>(KafkaCheck.problems(busConfig, largestMessage(limits)));
        KafkaBus bus = problems.isEmpty() ? new KafkaBus(busConfig, meters) : null;
        CouchStores stores = stores(storeConfig, meters, bus, journals, problems);
        if (bus == null || stores == null) {
            if (bus != null) {
                bus.close();
            }
            throw new ConfigException(problems);
        }
        return new Engines(bus, stores);
    }

    private static long largestMessage(SystemLimits limits) {
        return Math.max(limits.payload().bytes(), limits.result().bytes()) + BESIDE_PAYLOAD_BYTES;
    }

    /// Looks at the databases, even if there is no bus: all problems are told together.
    private static @Nullable CouchStores stores(
            CouchStoreConfig config,
            MeterRegistry meters,
            @Nullable KafkaBus bus,
            Function<KafkaBus, Function<Activations, InvocationJournal>> journals,
            List<String> problems) {
        if (bus == null) {
            problems.addAll(CouchDesign.problems(config, meters));
            return null;
        }
        try {
            return CouchStores.open(config, meters, journals.apply(bus));
        } catch (StoreException.Unavailable e) {
            problems.addAll(String.valueOf(e.getMessage()).lines().toList());
            return null;
        }
    }
}
