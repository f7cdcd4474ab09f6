package dev.whirl.store.couchdb;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One CouchDB for all tests: that of `COUCHDB_URL`, or a server of npm that speaks its protocol and ends with this
/// process. Each test takes databases of its own.
final class CouchUnderTest {
    private static final Path PROGRAM = Path.of("../deploy/cluster/database");
    private static final List<String> INSTALL =
            List.of("npm", "ci", "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund");
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
        return environment("COUCHDB_USER", given() == null ? "whisk" : "");
    }

    static String password() {
        return environment("COUCHDB_PASSWORD", given() == null ? "some-secret" : "");
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
            install();
            var builder = new ProcessBuilder("node", "server.js").directory(PROGRAM.toFile());
            builder.environment().put("DATABASE_USER", user());
            builder.environment().put("DATABASE_PASSWORD", password());
            builder.environment().put("ATTACHED", "yes");
            Process process = builder.redirectErrorStream(true).start(); // it ends when its input does
            var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            String line = out.readLine();
            while (line != null && !line.startsWith("ready ")) {
                line = out.readLine();
            }
            if (line == null) {
                throw new IllegalStateException("the server ended with " + process.waitFor());
            }
            Thread.ofPlatform().daemon().start(() -> out.lines().forEach(_ -> {}));
            return URI.create("http://127.0.0.1:" + line.substring("ready ".length()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// As `./whirl` does it.
    private static void install() throws IOException, InterruptedException {
        if (Files.exists(PROGRAM.resolve("node_modules/.package-lock.json"))) {
            return;
        }
        Path log = Files.createDirectories(Path.of("target")).resolve("npm.txt");
        Process npm = new ProcessBuilder(INSTALL)
                .directory(PROGRAM.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean hasEnded = npm.waitFor(3, TimeUnit.MINUTES);
        if (!hasEnded || npm.exitValue() != 0) {
            npm.destroyForcibly();
            throw new IllegalStateException("npm ci failed:\n" + Files.readString(log));
        }
    }
}
