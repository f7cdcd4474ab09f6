package dev.whirl.sandbox.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/// A real Docker engine of the tests' own, with their images; one for all tests of a process. It keeps its images in
/// the checkout, so that they are made once.
public final class TestEngine {
    private static @Nullable Path socket;

    private TestEngine() {}

    /// Its socket. Where Docker is not installed the tests fail if `CI=true`, and are reported as not run otherwise.
    public static synchronized Path socket() throws IOException, InterruptedException {
        if (socket == null) {
            requireDocker();
            Path folder = root().resolve(".whirl").resolve("docker");
            socket = Path.of(run("engine", "start", folder.toString(), ownProcess()));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(folder)));
            run("test-images", socket.toString());
        }
        return socket;
    }

    /// Makes the images of these runtimes, `whirl-test/LANGUAGE:1`, upon what Debian has installed here.
    public static void languages(String... languages) throws IOException, InterruptedException {
        var arguments = new ArrayList<>(List.of(socket().toString()));
        arguments.addAll(List.of(languages));
        run("test-languages", arguments.toArray(String[]::new));
    }

    private static String ownProcess() {
        return Long.toString(ProcessHandle.current().pid());
    }

    private static void requireDocker() {
        boolean isHere = List.of("/usr/sbin/dockerd", "/usr/bin/dockerd", "/usr/local/bin/dockerd").stream()
                .anyMatch(program -> Files.isExecutable(Path.of(program)));
        boolean isRoot = "root".equals(System.getProperty("user.name"));
        if (isHere && isRoot) {
            return;
        }
        String reason = isHere
                ? "these tests start a Docker engine, for which they must run as root"
                : "there is no Docker engine here; install it: apt-get install docker.io";
        if ("true".equals(System.getenv("CI"))) {
            throw new AssertionError(reason);
        }
        Assumptions.abort(reason);
    }

    private static void stop(Path folder) {
        try {
            run("engine", "stop", folder.toString(), ownProcess());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String run(String script, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(root().resolve("deploy/docker").resolve(script).toString());
        command.addAll(List.of(arguments));
        File errors = File.createTempFile("docker", ".log");
        Process process = new ProcessBuilder(command).redirectError(errors).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        if (!process.waitFor(3, TimeUnit.MINUTES) || process.exitValue() != 0) {
            throw new AssertionError(script + ": " + Files.readString(errors.toPath()));
        }
        Files.delete(errors.toPath());
        return said;
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(folder.resolve("whirl"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("the tests do not run in a checkout");
            }
        }
        return folder;
    }
}
