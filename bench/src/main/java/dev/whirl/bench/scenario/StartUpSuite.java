package dev.whirl.bench.scenario;

import dev.whirl.bench.http.Api;
import dev.whirl.bench.process.MemoryUse;
import dev.whirl.bench.process.ProcessTree;
import dev.whirl.bench.process.ServerCommand;
import dev.whirl.bench.process.ServerProcess;
import dev.whirl.bench.report.StartUp;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Measures how long a server takes from the start of its process to its first answer, and to the first answer of a
/// function; and its memory when it has been idle for a while.
public final class StartUpSuite {
    private static final Duration IDLE = Duration.ofSeconds(5);

    private final ServerCommand command;
    private final String auth;
    private final Consumer<String> progress;

    public StartUpSuite(ServerCommand command, String auth, Consumer<String> progress) {
        this.command = command;
        this.auth = auth;
        this.progress = progress;
    }

    /// Starts a server with an empty data folder, several times.
    public List<StartUp> run(int times) throws IOException, InterruptedException {
        List<StartUp> results = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            StartUp result = once();
            progress.accept(result.toLine());
            results.add(result);
        }
        return results;
    }

    private StartUp once() throws IOException, InterruptedException {
        try (ServerProcess server = ServerProcess.start(command)) {
            Duration ready = server.awaitReady();
            callFirst(server);
            Duration answered = server.sinceStart();
            Thread.sleep(IDLE);
            var tree = ProcessTree.of(server.id());
            return StartUp.of(
                    ready,
                    answered,
                    tree.map(ProcessTree::rootMemory).orElse(MemoryUse.NONE),
                    tree.map(ProcessTree::belowMemory).orElse(MemoryUse.NONE));
        }
    }

    private void callFirst(ServerProcess server) throws IOException {
        Function function = Scenarios.unseen("nodejs:20", "bench-first");
        try (var api = new Api(server.endpoint(), auth)) {
            Deployment.create(api, function.entity());
            Api.Answer answer = api.send(api.blockingInvoke(function.name(), Runs.PAYLOAD));
            if (!answer.isSuccess()) {
                throw new IOException("the first call failed: " + answer.status() + " " + answer.body());
            }
        }
    }
}
