package dev.whirl.server.cluster;

import dev.whirl.bus.kafka.KafkaBus;
import dev.whirl.bus.kafka.KafkaBusConfig;
import dev.whirl.bus.kafka.KafkaCheck;
import dev.whirl.common.config.ConfigException;
import dev.whirl.model.limits.SystemLimits;
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
    public record Engines(KafkaBus bus, CouchStores stores) {}

    private ClusterStart() {}

    /// @param journals makes the journal of a process out of its bus, and of where records go
    /// @throws ConfigException with a sentence for each problem
    public static Engines open(
            KafkaBusConfig busConfig,
            CouchStoreConfig storeConfig,
            SystemLimits limits,
            MeterRegistry meters,
            Function<KafkaBus, Function<Activations, InvocationJournal>> journals) {
        long largest = Math.max(limits.payload().bytes(), limits.result().bytes()) + BESIDE_PAYLOAD_BYTES;
        var problems = new ArrayList<>(KafkaCheck.problems(busConfig, largest));
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
