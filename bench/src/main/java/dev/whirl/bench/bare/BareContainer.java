package dev.whirl.bench.bare;

import dev.whirl.bench.http.Api;
import dev.whirl.bench.http.Endpoint;
import dev.whirl.bench.http.Request;
import dev.whirl.bench.process.Docker;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// A container of a runtime's image with code already in it, with the limits that the platform gives its own.
///
/// @param processId of its first process
public record BareContainer(Docker docker, String id, Endpoint endpoint, long processId) {
    private static final int PORT = 8080;
    private static final Duration LONGEST_START = Duration.ofSeconds(20);
    private static final Duration TRY_EVERY = Duration.ofMillis(20);
    private static final int OK = 200;

    /// What it is made of.
    public record Settings(String image, String network, int memoryMb) {
        private String[] command() {
            String memory = memoryMb + "m";
            return new String[] {
                "run",
                "--detach",
                "--rm",
                "--network",
                network,
                "--log-driver",
                "none",
                "--cap-drop",
                "ALL",
                "--security-opt",
                "no-new-privileges",
                "--read-only",
                "--tmpfs",
                "/tmp",
                "--pids-limit",
                "1024",
                "--memory",
                memory,
                "--memory-swap",
                memory,
                "--env",
                "__OW_ALLOW_CONCURRENT=true",
                image
            };
        }
    }

    /// Starts it and gives it the code; removed again if that fails.
    public static BareContainer start(Docker docker, Settings settings, String initDocument)
            throws IOException, InterruptedException {
        String id = docker.run(settings.command());
        try {
            String address = docker.inspect(id, "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}");
            long processId = Long.parseLong(docker.inspect(id, "{{.State.Pid}}"));
            var container = new BareContainer(docker, id, new Endpoint(address, PORT), processId);
            container.initialize(initDocument);
            return container;
        } catch (IOException | InterruptedException | RuntimeException reason) {
            removeAfter(reason, docker, id);
            throw reason;
        }
    }

    private static void removeAfter(Exception reason, Docker docker, String id) {
        try {
            remove(docker, id);
        } catch (IOException e) {
            reason.addSuppressed(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void remove(Docker docker, String id) throws IOException, InterruptedException {
        var _ = docker.run("rm", "--force", id);
    }

    /// A run as the platform sends it: runtimes of this project end their output by a header then, if there is none.
    ///
    /// @param number of the request; no other that is in flight has it
    public Request run(int number, String document) {
        return Request.numbered(endpoint, "/run", number, document);
    }

    private void initialize(String document) throws IOException {
        long end = System.nanoTime() + LONGEST_START.toNanos();
        Request init = Request.numbered(endpoint, "/init", 1, document);
        while (true) {
            try (var api = new Api(endpoint, "")) {
                Api.Answer answer = api.send(init);
                if (answer.status() != OK) {
                    throw new RefusedCodeException(answer);
                }
                return;
            } catch (RefusedCodeException refused) {
                throw refused;
            } catch (IOException notYet) {
                if (System.nanoTime() - end >= 0) {
                    throw notYet;
                }
                LockSupport.parkNanos(TRY_EVERY.toNanos());
            }
        }
    }

    private static final class RefusedCodeException extends IOException {
        RefusedCodeException(Api.Answer answer) {
            super("the bare container refused its code: %d %s".formatted(answer.status(), answer.body()));
        }
    }

    public void close() throws IOException, InterruptedException {
        remove(docker, id);
    }
}
