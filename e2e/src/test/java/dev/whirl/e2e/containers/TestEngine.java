package dev.whirl.e2e.containers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// A real Docker engine of the tests' own, with their images, which it keeps in the checkout.
final class TestEngine implements AutoCloseable {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String FOLDER = ROOT.resolve(".whirl/docker").toString();

    private final String socket;

    private TestEngine(String socket) {
        this.socket = socket;
    }

    /// Starts it. Where Docker is not installed the tests fail if `CI=true`, and are reported as not run otherwise.
    static TestEngine start() {
        boolean isHere = Stream.of("/usr/sbin/dockerd", "/usr/bin/dockerd", "/usr/local/bin/dockerd")
                .anyMatch(program -> Files.isExecutable(Path.of(program)));
        if (!isHere || !"root".equals(System.getProperty("user.name"))) {
            String reason = "these tests start a Docker engine, as root: apt-get install docker.io";
            if ("true".equals(System.getenv("CI"))) {
                throw new AssertionError(reason);
            }
            Assumptions.abort(reason);
        }
        var engine = new TestEngine(run("engine", "start", FOLDER));
        run("test-images", engine.socket);
        return engine;
    }

    String socket() {
        return socket;
    }

    @Override
    public void close() {
        run("engine", "stop", FOLDER);
    }

    private static String run(String script, String... arguments) {
        var command = new ArrayList<String>();
        command.add(ROOT.resolve("deploy/docker").resolve(script).toString());
        command.addAll(List.of(arguments));
        try {
            File errors = File.createTempFile("docker", ".log");
            Process process = new ProcessBuilder(command).redirectError(errors).start();
            String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
            if (!process.waitFor(3, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new AssertionError(script + ": " + Files.readString(errors.toPath()));
            }
            Files.delete(errors.toPath());
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
