package dev.whirl.server;

import dev.whirl.controller.access.AccessConfig;
import dev.whirl.controller.access.Authenticator;
import dev.whirl.controller.access.OperatorLogin;
import dev.whirl.controller.api.http.HttpListener;
import dev.whirl.controller.api.http.Route;
import dev.whirl.controller.api.http.Router;
import dev.whirl.controller.api.http.VanityHost;
import dev.whirl.feeds.provide.Leases;
import dev.whirl.server.Platform.Part;
import dev.whirl.store.couchdb.CouchStores;
import dev.whirl.store.memory.MemoryStores;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// `whirl feeds`: a provider of feeds in a process of its own. Several of them share the feeds of a cluster.
final class FeedsRole {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private FeedsRole() {}

    static Platform platform(ServerConfig.FeedsRole config) {
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        ProcessMetrics.bindTo(meters);
        var nothing = new MemoryStores();
        var attempt = new StartAttempt();
        StartAttempt.Opened<CouchStores> opened = attempt.open(
                () -> CouchStores.open(config.store().withoutPruning(), meters, nothing.journal()), CouchStores::close);
        attempt.expectFree(config.http().host(), config.http().port());
        attempt.finish(Optional::empty);
        CouchStores stores = opened.get();
        var leases = new Leases(
                stores.feeds(), UUID.randomUUID().toString(), config.feeds().lease(), System::nanoTime);
        var fires = FeedParts.fires(config.feeds(), config.http());
        FeedParts feeds = FeedParts.of(config.feeds(), stores.feeds(), leases, fires, meters);
        var login = new OperatorLogin(config.access(), InstantSource.system());
        List<Route> routes = OperatorRoutes.of(feeds::obstacle, login, meters::scrape);
        var nobody = new Authenticator(nothing.subjects(), AccessConfig.DEFAULT, InstantSource.system());
        var listener = new HttpListener(config.http(), new Router(routes, VanityHost.NONE), nobody, meters);
        return new Platform(
                List.of(
                        Part.closing("metrics", meters::close),
                        Part.closing("stores", stores::close),
                        Part.closing("firing", fires::close),
                        new Part("feeds", feeds::start, feeds::stop),
                        new Part("http", listener::start, () -> listener.stop(PATIENCE))),
                () -> StartScreen.ofRole(
                        "feeds",
                        "port " + listener.port(),
                        Duration.ofMillis(System.currentTimeMillis()
                                - ManagementFactory.getRuntimeMXBean().getStartTime())));
    }
}
