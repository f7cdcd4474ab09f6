package dev.whirl.e2e.support;

import dev.whirl.e2e.clients.NpmPackages;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// A server of npm that speaks S3 and checks signatures, with one bucket, `photos`. Closing it stops it.
public final class S3Server implements AutoCloseable {
    public static final String KEY_ID = "S3RVER";
    public static final String SECRET = "S3RVER";

    private static final Path SOURCE = Repository.root().resolve("e2e/src/test/s3");
    private static final String READY = "ready ";

    /// The server encrypts where a page of a list ends, by a cipher that OpenSSL 3 has only for those who ask.
    private static final String OLD_CIPHERS = "--openssl-legacy-provider";

    private final Path data;
    private final Process process;
    private final int port;

    public S3Server() {
        Path program = NpmPackages.installed(SOURCE, "s3");
        try {
            data = Files.createTempDirectory("whirl-e2e-s3-");
            process = new ProcessBuilder("node", OLD_CIPHERS, "server.js", data.toString())
                    .directory(program.toFile())
                    .redirectErrorStream(true)
                    .start();
            var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            String line = out.readLine();
            while (line != null && !line.startsWith(READY)) {
                line = out.readLine();
            }
            if (line == null) {
                throw new IllegalStateException("the server ended");
            }
            port = Integer.parseInt(line.substring(READY.length()));
            Thread.ofPlatform().daemon().start(() -> out.lines().forEach(_ -> {}));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String address() {
        return "http://127.0.0.1:" + port;
    }

    /// What it keeps beside an object, as it was sent.
    public String metadata(String key) {
        try {
            return Files.readString(data.resolve("photos").resolve(key + "._S3rver_metadata.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
        Folders.deleteRecursively(data);
    }
}
