package dev.whirl.store.embedded;

import static dev.whirl.store.Examples.GUEST;
import static dev.whirl.store.Examples.NOON;
import static dev.whirl.store.Examples.action;
import static dev.whirl.store.Examples.invocation;
import static dev.whirl.store.Examples.record;

import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.entity.CodeRef;
import dev.whirl.store.EntitiesContract;
import dev.whirl.store.Examples;
import dev.whirl.store.Revision;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// A process that writes until it is killed, and prints a line after each write that was acknowledged:
///
/// | line                 | is                                |
/// |----------------------|-----------------------------------|
/// | `entity name number` | created or updated                |
/// | `gone name`          | deleted                           |
/// | `accepted id`        | in the journal                    |
/// | `recorded id`        | a record, flushed                 |
/// | `code hash size`     | code                              |
final class CrashWriter {
    private CrashWriter() {}

    public static void main(String[] arguments) throws Exception {
        EmbeddedStores stores =
                EmbeddedStores.open(EmbeddedStoreConfig.in(Path.of(arguments[0])), new SimpleMeterRegistry());
        String run = arguments.length > 1 ? arguments[1] : "0";
        EntitiesContract.inParallel(8, number -> {
            for (int i = 0; ; i++) {
                write(stores, "r" + run + "t" + number + "n" + i % 10, i);
            }
        });
    }

    private static void write(EmbeddedStores stores, String name, int number) throws Exception {
        Revision revision = stores.entities()
                .find(Examples.id(name))
                .map(stored -> stored.revision())
                .orElse(null);
        Revision written = stores.entities().put(action(name, NOON.plusMillis(number)), revision);
        acknowledge("entity " + name + " " + number);
        if (number % 7 == 0) {
            stores.entities().delete(Examples.id(name), written);
            acknowledge("gone " + name);
        }
        var id = ActivationId.random();
        stores.journal().accept(invocation(id, NOON));
        acknowledge("accepted " + id);
        stores.activations().record(record(id, GUEST, name, NOON.plusMillis(number)));
        if (number % 3 == 0) {
            stores.activations().flush();
            acknowledge("recorded " + id);
        }
        CodeRef code = stores.code().put((name + number).getBytes(StandardCharsets.UTF_8), false);
        acknowledge("code " + code.sha256() + " " + code.sizeBytes());
    }

    private static synchronized void acknowledge(String line) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        System.out.write(bytes, 0, bytes.length);
        System.out.flush();
    }
}
