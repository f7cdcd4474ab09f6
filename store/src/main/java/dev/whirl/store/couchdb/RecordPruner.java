package dev.whirl.store.couchdb;

import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.RawJson;
import dev.whirl.store.Activations.Retention;
import dev.whirl.store.couchdb.Database.Found;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Removes records that retention does not keep, some at a time. Several processes may do so at once: what one removed
/// the other does not count. The monitor lets one at a time do it in this process.
final class RecordPruner {
    private static final String BY_DATE = DesignDocuments.ACTIVATIONS_BY_DATE + "/byDate";
    private static final String BY_START = DesignDocuments.ACTIVATIONS + "/activations";
    private static final int AT_A_TIME = 500;

    private final Database activations;
    private final Counter pruned;

    RecordPruner(Database activations, MeterRegistry metrics) {
        this.activations = activations;
        this.pruned = Counter.builder("whirl.store.records.pruned")
                .description("Activation records removed by retention")
                .register(metrics);
    }

    /// @return how many records were removed
    synchronized long prune(Retention retention, Instant now) {
        long oldest = now.minus(retention.age()).toEpochMilli();
        ViewQuery old = ViewQuery.plain(BY_DATE, null, RawJson.number(oldest - 1));
        long removed = removeAll(old, 0);
        for (RawJson row : activations.rows(ViewQuery.countsByFirst(BY_START))) {
            Optional<NamespaceName> namespace = ViewQuery.namespace(row);
            long count = row.field("value").flatMap(RawJson::asWholeNumber).orElse(0L);
            if (namespace.isPresent() && count > retention.count()) {
                removed += removeAll(ofNamespace(namespace.get()), retention.count());
            }
        }
        pruned.increment((double) removed);
        return removed;
    }

    private static ViewQuery ofNamespace(NamespaceName namespace) {
        String path = namespace.value();
        return ViewQuery.between(BY_START, ViewQuery.key(path), ViewQuery.key(path, ViewQuery.LAST))
                .newestFirst();
    }

    /// Removes all rows of a query but the first ones. Ends when a round removes nothing: somebody else does it then.
    private long removeAll(ViewQuery query, long kept) {
        long removed = 0;
        while (true) {
            List<String> ids = activations.rows(query.page(kept, AT_A_TIME)).stream()
                    .flatMap(row -> row.field("id").flatMap(RawJson::asText).stream())
                    .distinct()
                    .toList();
            long gone = remove(ids);
            removed += gone;
            if (ids.size() < AT_A_TIME || gone == 0) {
                return removed;
            }
        }
    }

    private long remove(List<String> ids) {
        List<RawJson> deletions = activations.find(ids, false).stream()
                .flatMap(each -> deletion(each).stream())
                .toList();
        if (deletions.isEmpty()) {
            return 0;
        }
        return activations.writeAllAgain(deletions).orElse(List.of()).stream()
                .filter(each -> each.revision().isPresent())
                .count();
    }

    private static Optional<RawJson> deletion(Found found) {
        return found.revision()
                .map(revision -> new JsonWriter()
                        .startObject()
                        .field("_id", found.id())
                        .field("_rev", revision.value())
                        .field("_deleted", true)
                        .endObject()
                        .toRawJson());
    }
}
