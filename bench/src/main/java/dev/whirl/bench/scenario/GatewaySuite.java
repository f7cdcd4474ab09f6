package dev.whirl.bench.scenario;

import dev.whirl.bench.http.Api;
import dev.whirl.bench.http.Endpoint;
import dev.whirl.bench.process.DataFolder;
import dev.whirl.bench.process.RedisServer;
import dev.whirl.bench.process.ServerCommand;
import dev.whirl.bench.process.ServerProcess;
import dev.whirl.bench.report.Round;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/// Starts a gateway of its own, with a Redis, before a server, and measures a web action beside an API before it.
public final class GatewaySuite implements Suite {
    private static final String OPERATOR = "bench";
    private static final String PASSWORD = "loopback-only";
    private static final String TENANT = "bench";

    private final ServerCommand command;
    private final String prefix;
    private final List<Integer> connections;
    private final LoadTimes times;
    private final Consumer<String> progress;

    /// @param command that starts servers of the same distribution
    /// @param prefix of the function's name
    public GatewaySuite(
            ServerCommand command,
            String prefix,
            List<Integer> connections,
            LoadTimes times,
            Consumer<String> progress) {
        this.command = command;
        this.prefix = prefix;
        this.connections = List.copyOf(connections);
        this.times = times;
        this.progress = progress;
    }

    @Override
    public List<Round> run(Target target) throws IOException, InterruptedException {
        try (RedisServer redis = RedisServer.start();
                DataFolder folder = DataFolder.create();
                ServerProcess gateway = ServerProcess.start(command(target.endpoint(), redis), folder)) {
            progress.accept("gateway on %s, ready after %d ms"
                    .formatted(gateway.endpoint(), gateway.awaitReady().toMillis()));
            var web = new Subject.Web(new Function(prefix + "-web", Scenarios.NODE, Function.NODE_FIELDS, 64));
            makeApi(gateway.endpoint(), target, web.function());
            ScenarioSet set =
                    Scenarios.gateway(web, gateway.endpoint(), "/api/%s/shop/orders".formatted(TENANT), connections);
            return new LoadSuite(set, times, BareRuns::none, progress).run(target);
        }
    }

    private ServerCommand command(Endpoint controller, RedisServer redis) {
        return command.asGateway(List.of(
                "gateway.controllers=http://" + controller,
                "gateway.redis.url=" + redis.url(),
                "gateway.user=" + OPERATOR,
                "gateway.pass=" + PASSWORD));
    }

    private static void makeApi(Endpoint gateway, Target target, Function function) throws IOException {
        try (var platform = new Api(target.endpoint(), target.auth());
                var management = new Api(gateway, OPERATOR + ":" + PASSWORD)) {
            String document = """
                    {"swagger":"2.0","basePath":"/shop","info":{"title":"Shop"},"paths":{"/orders":{"post":{}}},
                     "x-gateway-configuration":{"assembly":{"execute":[{"invoke":
                       {"target-url":"https://any%s","verb":"keep"}}]}}}""".formatted(platform.webPath(function.name()));
            Api.Answer answer = management.postWithKey("/v2/" + TENANT + "/apis", document);
            if (!answer.isSuccess()) {
                throw new IOException("the gateway refused the API: %d %s".formatted(answer.status(), answer.body()));
            }
        }
    }
}
