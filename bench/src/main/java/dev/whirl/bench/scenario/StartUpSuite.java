package dev.whirl.bench.scenario;

import dev.whirl.bench.http.Api;
import dev.whirl.bench.process.DataFolder;
import dev.whirl.bench.process.ServerCommand;
import dev.whirl.bench.process.ServerProcess;
import dev.whirl.bench.report.Figure;
import dev.whirl.bench.report.Round;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Measures how long a server takes from the start of its process to its first answer, and to the first answer of a
/// function: with an empty store, and with one that holds many actions.
public final class StartUpSuite {
    private final ServerCommand command;
    private final String auth;
    private final Consumer<String> progress;

    public StartUpSuite(ServerCommand command, String auth, Consumer<String> progress) {
        this.command = command;
        this.auth = auth;
        this.progress = progress;
    }

    /// Starts a server several times.
    ///
    /// @param manyActions how many actions the larger store holds; 0 for none such
    public List<Round> run(int times, int manyActions) throws IOException, InterruptedException {
        try (DataFolder full = DataFolder.create()) {
            if (manyActions > 0) {
                fill(full, manyActions);
            }
            List<Round> rounds = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                List<Figure> figures = new ArrayList<>(withEmptyStore());
                if (manyActions > 0) {
                    figures.add(withFullStore(full, manyActions));
                }
                figures.forEach(figure -> progress.accept("start: %s %.0f".formatted(figure.name(), figure.value())));
                rounds.add(new Round(List.of(), figures));
            }
            return rounds;
        }
    }

    private void fill(DataFolder full, int count) throws IOException, InterruptedException {
        try (ServerProcess server = ServerProcess.start(command, full)) {
            server.awaitReady();
            progress.accept("start: creating %d actions".formatted(count));
            new Filling(Target.of(server, auth)).createActions(Scenarios.NODE, "stored-", 0, count);
        }
    }

    private List<Figure> withEmptyStore() throws IOException, InterruptedException {
        try (DataFolder empty = DataFolder.create();
                ServerProcess server = ServerProcess.start(command, empty)) {
            Duration ready = server.awaitReady();
            callFirst(server);
            Duration answered = server.sinceStart();
            return List.of(
                    new Figure("first-answer-ms", ready.toNanos() / 1e6),
                    new Figure("first-function-ms", answered.toNanos() / 1e6));
        }
    }

    /// With the list of actions as its first answer: that something is there, and not only somebody.
    private Figure withFullStore(DataFolder full, int count) throws IOException, InterruptedException {
        try (ServerProcess server = ServerProcess.start(command, full)) {
            server.awaitReady();
            try (var api = new Api(server.endpoint(), auth)) {
                Api.Answer answer = api.send(api.read("actions?limit=1"));
                if (!answer.body().contains("stored-")) {
                    throw new IOException("the stored actions are not there: " + answer.body());
                }
            }
            return new Figure(
                    "first-answer-with-%d-actions-ms".formatted(count),
                    server.sinceStart().toNanos() / 1e6);
        }
    }

    private void callFirst(ServerProcess server) throws IOException {
        Function function = Function.unseen(Scenarios.NODE, "bench-first");
        try (var api = new Api(server.endpoint(), auth)) {
            Deployment.create(api, function.entity());
            Api.Answer answer = api.send(api.blockingInvoke(function.name(), Calls.PAYLOAD));
            if (!answer.isSuccess()) {
                throw new IOException("the first call failed: " + answer.status() + " " + answer.body());
            }
        }
    }
}
