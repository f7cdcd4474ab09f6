package dev.whirl.store.embedded;

import static dev.whirl.store.Examples.GUEST;
import static dev.whirl.store.Examples.NOON;
import static dev.whirl.store.Examples.action;
import static dev.whirl.store.Examples.invocation;
import static dev.whirl.store.Examples.record;

import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.entity.Collection;
import dev.whirl.store.Activations.Query;
import dev.whirl.store.Activations.Retention;
import dev.whirl.store.Entities;
import dev.whirl.store.EntitiesContract;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/// Prints what the embedded store does on this machine; started by hand with an empty folder as its argument.
final class StoreFigures {
    private static final int SECONDS = 5;
    private static final int RECORDS = 200_000;

    private final EmbeddedStores stores;
    private final SimpleMeterRegistry metrics;

    private StoreFigures(EmbeddedStores stores, SimpleMeterRegistry metrics) {
        this.stores = stores;
        this.metrics = metrics;
    }

    public static void main(String[] arguments) throws Exception {
        var metrics = new SimpleMeterRegistry();
        long start = System.nanoTime();
        try (EmbeddedStores stores = EmbeddedStores.open(EmbeddedStoreConfig.in(Path.of(arguments[0])), metrics)) {
            print("open, ms", (System.nanoTime() - start) / 1e6);
            var figures = new StoreFigures(stores, metrics);
            for (int writers : new int[] {1, 8, 64}) {
                figures.puts(writers);
            }
            figures.journal(64);
            figures.records(8);
            figures.lists();
            figures.prune();
        }
    }

    private void puts(int writers) throws Exception {
        double rate = perSecond(
                writers,
                (writer, i) -> stores.entities().put(action("w" + writers + "t" + writer + "n" + i, NOON), null));
        print("durable puts/s, writers " + writers, rate);
    }

    private void journal(int writers) throws Exception {
        print(
                "accepted invocations/s, writers " + writers,
                perSecond(writers, (_, _) -> stores.journal().accept(invocation(ActivationId.random(), NOON))));
    }

    private void records(int writers) throws Exception {
        long start = System.nanoTime();
        EntitiesContract.inParallel(writers, _ -> {
            for (int i = 0; i < RECORDS / writers; i++) {
                stores.activations().record(record("hello", NOON.plusMillis(i)));
            }
        });
        stores.activations().flush();
        print("records/s, writers " + writers, RECORDS / seconds(start));
        print(
                "mean commit, ms",
                metrics.get("whirl.store.commit").timer().mean(java.util.concurrent.TimeUnit.MILLISECONDS));
    }

    private void lists() {
        var page = new Query(GUEST, null, null, null, null, 0, 30);
        stores.activations().list(page);
        long start = System.nanoTime();
        for (int i = 0; i < 1000; i++) {
            stores.activations().list(page);
        }
        print("list of 30, us", seconds(start) * 1000);
        start = System.nanoTime();
        stores.activations().count(page);
        print("count of " + RECORDS + ", ms", seconds(start) * 1000);
        var actions = new Entities.Query(GUEST, Collection.ACTIONS, null, 0, 0);
        start = System.nanoTime();
        long entities = stores.entities().count(actions);
        print("count of " + entities + " entities, ms", seconds(start) * 1000);
    }

    private void prune() {
        long start = System.nanoTime();
        stores.activations().prune(new Retention(Duration.ofDays(1), 1000), NOON);
        print("prune to 1000 and rewrite, s", seconds(start));
    }

    /// What one writer does over and over.
    private interface Write {
        void run(int writer, int number) throws Exception;
    }

    private static double perSecond(int writers, Write write) throws Exception {
        var done = new LongAdder();
        long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
        EntitiesContract.inParallel(writers, writer -> {
            for (int i = 0; System.nanoTime() < end; i++) {
                write.run(writer, i);
                done.increment();
            }
        });
        return (double) done.sum() / SECONDS;
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static void print(String what, double figure) {
        System.out.printf("%-40s %,.1f%n", what, figure);
    }
}
