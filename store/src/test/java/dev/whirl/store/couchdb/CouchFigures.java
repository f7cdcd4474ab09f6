package dev.whirl.store.couchdb;

import static dev.whirl.store.Examples.GUEST;
import static dev.whirl.store.Examples.NOON;
import static dev.whirl.store.Examples.action;
import static dev.whirl.store.Examples.id;
import static dev.whirl.store.Examples.record;

import dev.whirl.model.entity.Collection;
import dev.whirl.store.Entities;
import dev.whirl.store.couchdb.CouchDesign.Replace;
import dev.whirl.store.memory.MemoryStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;

/// Prints what the stores do on this machine against the server of the tests or that of `COUCHDB_URL`; started by hand
/// in the folder `store`.
final class CouchFigures {
    private static final int RECORDS = 5000;
    private static final int ROUNDS = 200;

    private final CouchStoreConfig config;
    private final CouchStores stores;

    private CouchFigures(CouchStoreConfig config, CouchStores stores) {
        this.config = config;
        this.stores = stores;
    }

    public static void main(String[] arguments) throws Exception {
        CouchStoreConfig config = CouchUnderTest.fresh();
        CouchDesign.init(config, new SimpleMeterRegistry(), Replace.NEEDED);
        try (CouchStores stores = CouchStores.open(config, new SimpleMeterRegistry(), new MemoryStores().journal())) {
            var figures = new CouchFigures(config, stores);
            figures.requests();
            figures.entities();
            figures.lists();
            figures.records();
        } finally {
            CouchUnderTest.drop(config);
        }
        System.exit(0); // the server ends with its input
    }

    private interface Step {
        void run(int round) throws Exception;
    }

    private static void time(String what, int rounds, Step step) throws Exception {
        for (int i = 0; i < rounds / 4; i++) {
            step.run(i);
        }
        var micros = new ArrayList<Long>();
        for (int i = rounds / 4; i < rounds + rounds / 4; i++) {
            long start = System.nanoTime();
            step.run(i);
            micros.add((System.nanoTime() - start) / 1000);
        }
        Collections.sort(micros);
        System.out.printf(
                "%-60s p50 %6d µs, p95 %6d µs%n",
                what, micros.get(micros.size() / 2), micros.get(micros.size() * 95 / 100));
    }

    private void requests() throws Exception {
        try (var transport = new Transport(config.access(), config.pace())) {
            time("a request without work", 2000, _ -> transport.send(Call.get("")));
        }
    }

    private void entities() throws Exception {
        time("create an action", ROUNDS, i -> stores.entities().put(action("a" + i, NOON.plusMillis(i)), null));
        time("find an action", ROUNDS * 2, i -> stores.entities().find(id("a" + i % ROUNDS)));
        var query = new Entities.Query(GUEST, Collection.ACTIONS, null, 0, 30);
        time("list 30 of 250 actions", ROUNDS, _ -> stores.entities().list(query));
        time("create an action, then list 30", ROUNDS, i -> {
            stores.entities().put(action("b" + i, NOON.plusMillis(i)), null);
            stores.entities().list(query);
        });
    }

    /// Lists alone, each after so many records were written; the others wait until the view is up to date again.
    private void lists() throws Exception {
        var view = ViewQuery.between(
                DesignDocuments.ACTIVATIONS + "/activations",
                ViewQuery.key("guest"),
                ViewQuery.key("guest", ViewQuery.LAST));
        try (var client = new CouchClient(config, new SimpleMeterRegistry())) {
            var database = new Database(client, config.prefix() + "activations");
            for (int fresh : new int[] {0, 1, 100, 500}) {
                for (boolean isStale : new boolean[] {false, true}) {
                    var micros = new ArrayList<Long>();
                    for (int i = 0; i < 10; i++) {
                        write(fresh, i);
                        long start = System.nanoTime();
                        new NewestFirst(database, isStale ? view.stale() : view).page(0, 30);
                        micros.add((System.nanoTime() - start) / 1000);
                        new NewestFirst(database, view).page(0, 30);
                    }
                    Collections.sort(micros);
                    System.out.printf(
                            "%s list after %d new records: p50 %d µs, most %d µs%n",
                            isStale ? "a stale" : "an exact", fresh, micros.get(5), micros.getLast());
                }
            }
        }
    }

    private void write(int count, int round) {
        for (int i = 0; i < count; i++) {
            stores.activations().record(record("hello", NOON.plusMillis(round * 1000L + i)));
        }
        stores.activations().flush();
    }

    private void records() throws Exception {
        for (int round = 0; round < 3; round++) {
            long start = System.nanoTime();
            long cpu = ProcessHandle.current()
                    .info()
                    .totalCpuDuration()
                    .orElse(Duration.ZERO)
                    .toMillis();
            for (int i = 0; i < RECORDS; i++) {
                stores.activations().record(record("hello", NOON.plusMillis(i)));
            }
            stores.activations().flush();
            double seconds = (System.nanoTime() - start) / 1e9;
            long spent = ProcessHandle.current()
                            .info()
                            .totalCpuDuration()
                            .orElse(Duration.ZERO)
                            .toMillis()
                    - cpu;
            System.out.printf(
                    "%d records written: %.0f/s, %.0f µs of this process's processor time each%n",
                    RECORDS, RECORDS / seconds, spent * 1000.0 / RECORDS);
        }
    }
}
