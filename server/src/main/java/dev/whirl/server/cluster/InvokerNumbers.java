package dev.whirl.server.cluster;

import dev.whirl.model.json.RawJson;
import dev.whirl.model.message.InvokerId;
import dev.whirl.store.ConflictException;
import dev.whirl.store.KeyedDocuments;
import dev.whirl.store.KeyedDocuments.Stored;
import dev.whirl.store.StoreException;
import dev.whirl.store.couchdb.CouchStoreConfig;
import dev.whirl.store.couchdb.CouchStores;
import dev.whirl.store.memory.MemoryStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which number belongs to which name of an invoker (row I-16). One document knows all; a name that is new gets the
/// lowest number that nobody has, and keeps it.
public final class InvokerNumbers {
    private static final String DOCUMENT = "invokers/numbers";

    /// Names that one document holds.
    private static final int MOST = 10_000;

    /// So many write at the same moment at most, one of whom succeeds each time.
    private static final int ATTEMPTS = 100;

    private final KeyedDocuments documents;

    /// @param documents of the whole cluster
    public InvokerNumbers(KeyedDocuments documents) {
        this.documents = documents;
    }

    /// The number of a name, in a cluster's database that is opened for this question.
    ///
    /// @throws StoreException.Unavailable if the database can't be used, or is full of names
    public static InvokerId of(String name, CouchStoreConfig config) {
        var nothing = new MemoryStores();
        try (CouchStores stores =
                CouchStores.open(config.withoutPruning(), new SimpleMeterRegistry(), nothing.journal())) {
            return new InvokerNumbers(stores.feeds()).of(name);
        }
    }

    /// @throws StoreException.Unavailable if no more names can be kept
    public InvokerId of(String name) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Stored> stored = documents.find(List.of(DOCUMENT)).stream().findFirst();
            var numbers = new LinkedHashMap<String, RawJson>();
            stored.ifPresent(each -> numbers.putAll(each.document().fields()));
            RawJson known = numbers.get(name);
            if (known != null) {
                return new InvokerId(Math.toIntExact(known.asWholeNumber().orElseThrow()));
            }
            if (numbers.size() >= MOST) {
                throw new StoreException.Unavailable(
                        "invoker.name: %d names have a number already; delete the document %s of the feeds' database"
                                .formatted(MOST, DOCUMENT));
            }
            int free = free(numbers);
            numbers.put(name, RawJson.number(free));
            try {
                documents.put(
                        DOCUMENT,
                        RawJson.object(numbers),
                        stored.map(Stored::revision).orElse(null));
                return new InvokerId(free);
            } catch (ConflictException _) {
                // another invoker got its number at the same moment: look again
            }
        }
        throw new StoreException.Unavailable("invoker.name: too many invokers ask for numbers; start it again");
    }

    private static int free(Map<String, RawJson> numbers) {
        List<Long> taken = numbers.values().stream()
                .map(each -> each.asWholeNumber().orElseThrow())
                .toList();
        int free = 0;
        while (taken.contains((long) free)) {
            free++;
        }
        return free;
    }
}
