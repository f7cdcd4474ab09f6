package dev.whirl.bench.scenario;

import dev.whirl.bench.http.Api;
import dev.whirl.bench.http.HttpCaller;
import dev.whirl.bench.http.Request;
import dev.whirl.bench.http.Requests;
import dev.whirl.bench.load.Load;
import dev.whirl.bench.load.LoadGenerator;
import dev.whirl.bench.load.LoadPlan;
import dev.whirl.bench.load.LoadResult;
import java.io.IOException;
import java.time.Duration;
import java.util.function.IntFunction;

/// Puts very many things into a store, over the API, as fast as the platform takes them.
final class Filling {
    private static final int CONNECTIONS = 16;
    private static final Duration LONGEST = Duration.ofMinutes(30);

    private final Target target;

    Filling(Target target) {
        this.target = target;
    }

    /// Creates actions with numbered names.
    void createActions(String kind, String prefix, int from, int to) throws IOException, InterruptedException {
        sendEach(to - from, 200, (api, number) -> {
            Entity entity = Function.unseen(kind, prefix + (from + number)).entity();
            return api.overwrite(entity.path(), entity.document());
        });
    }

    void deleteActions(String prefix, int count) throws IOException, InterruptedException {
        sendEach(count, 200, (api, number) -> api.removal("actions/" + prefix + number));
    }

    /// Calls an action so often.
    void call(String action, int times) throws IOException, InterruptedException {
        sendEach(times, 200, (api, _) -> api.blockingInvoke(action, "{}"));
    }

    private interface Maker {
        Request of(Api api, int number);
    }

    private void sendEach(int count, int expectedStatus, Maker maker) throws IOException, InterruptedException {
        if (count <= 0) {
            return;
        }
        try (var api = new Api(target.endpoint(), target.auth())) {
            IntFunction<Request> numbered = number -> maker.of(api, number);
            LoadResult result = LoadGenerator.run(
                    new LoadPlan(new Load.Counted(CONNECTIONS, count), LONGEST, expectedStatus),
                    HttpCaller.source(target.endpoint(), Requests.once(numbered)));
            if (result.successes() != count) {
                throw new IOException("only %d of %d requests succeeded while filling the store: %s"
                        .formatted(result.successes(), count, result.errorText()));
            }
        }
    }
}
