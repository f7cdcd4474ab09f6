package dev.whirl.store.couchdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One CouchDB for all tests: that of `COUCHDB_URL`, or a server of npm that speaks its protocol and ends with this
/// process. Each test takes databases of its own.
final class CouchUnderTest {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private static @Nullable URI started;

    private CouchUnderTest() {}

    /// Settings for new databases, which don't exist yet.
    static CouchStoreConfig fresh() {
        String prefix = "t%d_%d_".formatted(ProcessHandle.current().pid(), COUNT.incrementAndGet());
        return CouchStoreConfig.at(url(), user(), password(), prefix);
    }

    /// Takes the databases away.
    static void drop(CouchStoreConfig config) {
        try (var transport = new Transport(config.access(), config.pace())) {
            for (String each : Stream.concat(CouchDesign.DATABASES.stream(), CouchDesign.FURTHER_DATABASES.stream())
                    .toList()) {
                var _ = transport.send(Call.harmless("DELETE", config.prefix() + each, null));
            }
        } catch (Transport.Failure e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The answer to a request as it is: for what the stores don't do.
    static Reply ask(CouchStoreConfig config, Call call) {
        try (var transport = new Transport(config.access(), config.pace())) {
            return transport.send(call);
        } catch (Transport.Failure e) {
            throw new UncheckedIOException(e);
        }
    }

    static String user() {
        return environment("COUCHDB_USER", given() == null ? CouchServer.USER : "");
    }

    static String password() {
        return environment("COUCHDB_PASSWORD", given() == null ? CouchServer.PASSWORD : "");
    }

    private static @Nullable String given() {
        return System.getenv("COUCHDB_URL");
    }

    private static String environment(String name, String fallback) {
        String value = System.getenv(name);
        return value == null ? fallback : value;
    }

    static synchronized URI url() {
        String given = given();
        if (given != null) {
            return URI.create(given);
        }
        URI running = started;
        if (running == null) {
            running = start();
            started = running;
        }
        return running;
    }

    private static URI start() {
        try {
            return CouchServer.start().url(); // it ends when this process does
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
