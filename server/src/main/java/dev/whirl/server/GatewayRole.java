package dev.whirl.server;

import dev.whirl.controller.access.Recognizer;
import dev.whirl.controller.api.http.HttpListener;
import dev.whirl.controller.api.http.Router;
import dev.whirl.controller.api.http.VanityHost;
import dev.whirl.server.Platform.Part;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;

/// `whirl gateway`: managed endpoints in a process of their own, with the controllers behind them.
final class GatewayRole {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private GatewayRole() {}

    static Platform platform(ServerConfig.GatewayRole config) {
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        ProcessMetrics.bindTo(meters);
        var attempt = new StartAttempt();
        StartAttempt.Opened<GatewayParts> opened =
                attempt.open(() -> GatewayParts.alone(config.gateway(), meters), GatewayParts::stop);
        attempt.expectFree(config.http().host(), config.http().port());
        attempt.finish(Optional::empty);
        GatewayParts gateway = opened.get();
        var routes = new ArrayList<>(
                gateway.routes(config.controllers(), config.http().maxContent().bytes()));
        routes.addAll(OperatorRoutes.of(gateway::obstacle, gateway.login(), meters::scrape));
        var listener = new HttpListener(config.http(), new Router(routes, VanityHost.NONE), Recognizer.NOBODY, meters);
        return new Platform(
                java.util.List.of(
                        Part.closing("metrics", meters::close),
                        GatewayParts.part(Optional.of(gateway)),
                        new Part("http", listener::start, () -> listener.stop(PATIENCE))),
                () -> StartScreen.ofRole(
                        "gateway",
                        "port " + listener.port(),
                        Duration.ofMillis(System.currentTimeMillis()
                                - ManagementFactory.getRuntimeMXBean().getStartTime())));
    }
}
