package dev.whirl.store.embedded;

import static dev.whirl.store.Examples.GUEST;
import static dev.whirl.store.Examples.NOON;
import static dev.whirl.store.Examples.action;
import static dev.whirl.store.Examples.id;
import static dev.whirl.store.Examples.record;

import dev.whirl.common.units.ByteSize;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.json.RawJson;
import dev.whirl.store.Activations.Query;
import dev.whirl.store.StoreException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// What happens on a small disk that fills up and is emptied again; one line for each thing observed.
/// Arguments: a folder on that disk, and how much the store keeps free.
final class DiskFullScenario {
    private static final long PATIENCE_NANOS = 30_000_000_000L;
    private static final RawJson LARGE = RawJson.string("x".repeat(100_000));

    private final Path disk;
    private final EmbeddedStores stores;

    private DiskFullScenario(Path disk, EmbeddedStores stores) {
        this.disk = disk;
        this.stores = stores;
    }

    public static void main(String[] arguments) throws Exception {
        Path disk = Path.of(arguments[0]);
        var config = EmbeddedStoreConfig.in(disk.resolve("data")).withReserve(ByteSize.parse(arguments[1]));
        Activation pending;
        try (EmbeddedStores stores = EmbeddedStores.open(config, new SimpleMeterRegistry())) {
            pending = new DiskFullScenario(disk, stores).run();
        }
        try (EmbeddedStores stores = EmbeddedStores.open(config, new SimpleMeterRegistry())) {
            say("reopened " + stores.entities().find(id("first")).isPresent()
                    + " " + stores.entities().find(id("later")).isPresent()
                    + " " + stores.activations().find(GUEST, pending.id()).isPresent());
        }
    }

    private Activation run() throws Exception {
        stores.entities().put(action("first", NOON), null);
        fill();
        int written = writeUntilFull();
        say("reads " + stores.entities().find(id("first")).isPresent() + " "
                + (written == 0
                        || stores.entities().find(id("n" + (written - 1))).isPresent()));
        Activation pending = record("pending", NOON);
        stores.activations().record(pending);
        say("pending " + stores.activations().find(GUEST, pending.id()).isPresent());
        stores.activations().list(new Query(GUEST, null, null, null, null, 0, 10));
        say("listed");
        Files.delete(disk.resolve("filler"));
        awaitWrites();
        stores.activations().flush();
        say("recovered");
        return pending;
    }

    private void fill() throws IOException {
        try (OutputStream out = Files.newOutputStream(disk.resolve("filler"))) {
            var block = new byte[64 * 1024];
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            say("filled");
        }
    }

    private int writeUntilFull() throws Exception {
        for (int i = 0; ; i++) {
            try {
                stores.entities().put(action("n" + i, NOON), null);
                var id = ActivationId.random();
                stores.activations().record(record(id, GUEST, "large", NOON, LARGE));
                stores.activations().flush();
            } catch (StoreException e) {
                say("refused " + e.getMessage());
                return i;
            }
        }
    }

    private void awaitWrites() throws Exception {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            try {
                stores.entities().put(action("later", NOON), null);
                return;
            } catch (StoreException e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
                Thread.onSpinWait();
            }
        }
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
