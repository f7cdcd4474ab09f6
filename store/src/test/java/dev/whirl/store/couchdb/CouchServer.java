package dev.whirl.store.couchdb;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A server of npm that speaks CouchDB's protocol, with everything in memory. It ends with this process at the latest.
public final class CouchServer implements AutoCloseable {
    static final String USER = "whisk";
    static final String PASSWORD = "some-secret";

    private static final Path PROGRAM = Path.of("../deploy/cluster/database");
    private static final List<String> INSTALL =
            List.of("npm", "ci", "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund");

    private final Process process;
    private final URI url;

    private CouchServer(Process process, URI url) {
        this.process = process;
        this.url = url;
    }

    public static CouchServer start() throws IOException, InterruptedException {
        install();
        var builder = new ProcessBuilder("node", "server.js").directory(PROGRAM.toFile());
        builder.environment().put("DATABASE_USER", USER);
        builder.environment().put("DATABASE_PASSWORD", PASSWORD);
        builder.environment().put("ATTACHED", "yes");
        Process process = builder.redirectErrorStream(true).start();
        var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        while (line != null && !line.startsWith("ready ")) {
            line = out.readLine();
        }
        if (line == null) {
            throw new IllegalStateException("the database ended with " + process.waitFor());
        }
        Thread.ofPlatform().daemon().start(() -> out.lines().forEach(_ -> {}));
        return new CouchServer(process, URI.create("http://127.0.0.1:" + line.substring("ready ".length())));
    }

    public URI url() {
        return url;
    }

    /// Settings for the databases whose names begin so.
    public CouchStoreConfig config(String prefix) {
        return CouchStoreConfig.at(url, USER, PASSWORD, prefix);
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
        if (!npm.waitFor(3, TimeUnit.MINUTES) || npm.exitValue() != 0) {
            npm.destroyForcibly();
            throw new IllegalStateException("npm ci failed:\n" + Files.readString(log));
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
