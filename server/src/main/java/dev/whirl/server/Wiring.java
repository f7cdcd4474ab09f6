package dev.whirl.server;

import dev.whirl.bus.kafka.KafkaBus;
import dev.whirl.bus.kafka.KafkaCheck;
import dev.whirl.bus.memory.MemoryBus;
import dev.whirl.controller.Controller;
import dev.whirl.controller.Telemetry;
import dev.whirl.feeds.fire.ApiFires;
import dev.whirl.invoker.Invoker;
import dev.whirl.invoker.InvokerConfig;
import dev.whirl.invoker.http.InvokerServer;
import dev.whirl.model.message.Topic;
import dev.whirl.model.runtime.RuntimesManifest;
import dev.whirl.sandbox.RuntimeReadiness;
import dev.whirl.sandbox.Sandboxes;
import dev.whirl.server.Platform.Part;
import dev.whirl.server.admin.AdminListener;
import dev.whirl.server.admin.DefaultIdentities;
import dev.whirl.server.catalog.Catalog;
import dev.whirl.server.cluster.ClusterStart;
import dev.whirl.server.cluster.ControllerJournal;
import dev.whirl.server.cluster.InvokerNumbers;
import dev.whirl.server.cluster.WorkJournal;
import dev.whirl.store.couchdb.CouchStores;
import dev.whirl.store.embedded.EmbeddedStores;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The only place where parts are made. One reading tells what a process consists of.
final class Wiring {
    private Wiring() {}

    /// Makes the parts; nothing listens or runs until the platform is started.
    ///
    /// @throws StartException if sandboxes can't be made on this machine
    /// @throws dev.whirl.common.config.ConfigException with all that is in the way of a part of a cluster
    static Platform platform(ServerConfig config) {
        return switch (config) {
            case ServerConfig.Standalone standalone -> standalone(standalone);
            case ServerConfig.ControllerRole role -> controller(role);
            case ServerConfig.InvokerRole role -> invoker(role);
            case ServerConfig.GatewayRole role -> GatewayRole.platform(role);
            case ServerConfig.FeedsRole role -> FeedsRole.platform(role);
        };
    }

    private static Platform standalone(ServerConfig.Standalone config) {
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        ProcessMetrics.bindTo(meters);
        EmbeddedStores stores = EmbeddedStores.open(config.store(), meters);
        var bus = new MemoryBus();
        OpenSandboxes open = OpenSandboxes.open(
                config.sandbox(), owner(config.invoker(), config.store().data(), config.runtimes()), stores::close);
        Sandboxes sandboxes = open.sandboxes();
        var invoker = new Invoker(config.invoker(), config.limits(), stores, bus, sandboxes, config.runtimes(), meters);
        var telemetry = new Telemetry(meters, meters::scrape);
        Optional<GatewayParts> gateway =
                GatewayParts.standalone(config.gateway(), config.store().data(), meters);
        ApiFires fires = FeedParts.fires(config.feeds(), config.controller().http());
        var controller = new Controller(
                config.controller(),
                config.limits(),
                config.runtimes(),
                stores,
                bus,
                telemetry,
                FeedParts.frontage(
                        config.feeds(),
                        new FeedParts.Stored(stores.feeds(), stores.entities()),
                        fires,
                        meters,
                        config.limits().payload().bytes(),
                        GatewayParts.frontage(gateway, config.controller().http())));
        Optional<FeedParts> feeds = FeedParts.standalone(config.feeds(), stores.feeds(), fires, meters);
        var operator = new InvokerServer(config.invokerServer(), invoker, meters::scrape);
        var admin = new AdminListener(
                config.store().data(),
                new RunningServer(stores, controller, gateway),
                config.catalog().folder());
        return new Platform(
                List.of(
                        Part.closing("metrics", meters::close),
                        Part.closing("stores", stores::close),
                        Part.closing("bus", bus::close),
                        Part.closing("firing", fires::close),
                        Part.closing("sandboxes", open::close),
                        new Part("identities", () -> DefaultIdentities.seed(stores.subjects()), () -> {}),
                        new Part("catalog", () -> Catalog.installAtStart(config.catalog(), stores), () -> {}),
                        new Part("controller", controller::connect, controller::disconnect),
                        new Part("admin", admin::start, admin::stop),
                        new Part("invoker", invoker::start, Stopping.uninterrupted(invoker::stop)),
                        new Part("invoker operator", operator::start, operator::stop),
                        GatewayParts.part(gateway),
                        new Part("http", controller::listen, controller::drain),
                        FeedParts.part(feeds)),
                () -> StartScreen.of(StartScreen.Facts.of(
                        config, controller.port(), DefaultIdentities.areInUse(stores.subjects()), open, sinceStart())));
    }

    private static Platform controller(ServerConfig.ControllerRole config) {
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        ProcessMetrics.bindTo(meters);
        var own = new Topic.Composed(config.controller().id());
        var attempt = new StartAttempt();
        StartAttempt.Opened<ClusterStart.Engines> engines = attempt.open(
                () -> ClusterStart.open(
                        config.bus(),
                        config.store(),
                        config.limits(),
                        meters,
                        bus -> activations -> new ControllerJournal(bus, own, activations)),
                ClusterStart.Engines::close);
        attempt.expectFree(
                config.controller().http().host(), config.controller().http().port());
        attempt.finish(() -> KafkaCheck.otherOwner(config.bus(), own));
        KafkaBus bus = engines.get().bus();
        CouchStores stores = engines.get().stores();
        var journal = (ControllerJournal) stores.journal();
        var telemetry = new Telemetry(meters, meters::scrape);
        Optional<GatewayParts> gateway = GatewayParts.shared(config.gateway(), meters);
        ApiFires fires = FeedParts.fires(config.feeds(), config.controller().http());
        var controller = new Controller(
                config.controller(),
                config.limits(),
                config.runtimes(),
                stores,
                bus,
                telemetry,
                FeedParts.frontage(
                        config.feeds(),
                        new FeedParts.Stored(stores.feeds(), stores.entities()),
                        fires,
                        meters,
                        config.limits().payload().bytes(),
                        GatewayParts.frontage(gateway, config.controller().http())));
        return new Platform(
                List.of(
                        Part.closing("metrics", meters::close),
                        Part.closing("bus", bus::close),
                        Part.closing("stores", stores::close),
                        Part.closing("firing", fires::close),
                        new Part("controller", controller::connect, controller::disconnect),
                        new Part("compositions", () -> journal.start(controller::takeUp), journal::close),
                        GatewayParts.part(gateway),
                        new Part("http", controller::listen, () -> controller.leave(config.farewell()))),
                () -> StartScreen.ofRole(
                        config.controller().id().toString(), "port " + controller.port(), sinceStart()));
    }

    private static Platform invoker(ServerConfig.InvokerRole told) {
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        ProcessMetrics.bindTo(meters);
        var attempt = new StartAttempt();
        StartAttempt.Opened<ServerConfig.InvokerRole> numbered = attempt.open(() -> numbered(told), _ -> {});
        ServerConfig.InvokerRole config = numbered.value().orElse(told);
        var work = new Topic.Work(config.invoker().id());
        StartAttempt.Opened<ClusterStart.Engines> engines = attempt.open(
                () -> ClusterStart.open(
                        config.bus(),
                        config.store().withoutPruning(),
                        config.limits(),
                        meters,
                        bus -> _ -> new WorkJournal(bus, work)),
                ClusterStart.Engines::close);
        StartAttempt.Opened<OpenSandboxes> opened = attempt.open(
                () -> OpenSandboxes.open(
                        config.sandbox(), owner(config.invoker(), config.scratch(), config.runtimes())),
                OpenSandboxes::close);
        if (config.invokerServer().isEnabled()) {
            attempt.expectFree(
                    config.invokerServer().host(), config.invokerServer().port());
        }
        attempt.finish(() -> numbered.value().flatMap(_ -> KafkaCheck.otherOwner(config.bus(), work)));
        KafkaBus bus = engines.get().bus();
        CouchStores stores = engines.get().stores();
        var journal = (WorkJournal) stores.journal();
        OpenSandboxes open = opened.get();
        Sandboxes sandboxes = open.sandboxes();
        var invoker = new Invoker(config.invoker(), config.limits(), stores, bus, sandboxes, config.runtimes(), meters);
        journal.leaveTo(invoker::takeLeft);
        var operator = new InvokerServer(config.invokerServer(), invoker, meters::scrape);
        return new Platform(
                List.of(
                        Part.closing("metrics", meters::close),
                        Part.closing("bus", bus::close),
                        Part.closing("stores", stores::close),
                        Part.closing("sandboxes", open::close),
                        new Part("invoker", invoker::start, Stopping.uninterrupted(invoker::stop)),
                        new Part("invoker operator", operator::start, operator::stop)),
                () -> StartScreen.ofInvoker(
                        config.invoker().id().toString(),
                        Kinds.readiness(config.runtimes(), sandboxes.readiness()).stream()
                                .filter(RuntimeReadiness::isReady)
                                .map(RuntimeReadiness::runtime)
                                .collect(Collectors.joining(", ")),
                        open.isIsolated(),
                        sinceStart()));
    }

    /// With the number that belongs to its name, if it has one.
    private static ServerConfig.InvokerRole numbered(ServerConfig.InvokerRole told) {
        return told.name().isEmpty() ? told : told.withId(InvokerNumbers.of(told.name(), told.store()));
    }

    private static Duration sinceStart() {
        return Duration.ofMillis(System.currentTimeMillis()
                - ManagementFactory.getRuntimeMXBean().getStartTime());
    }

    static OpenSandboxes.Owner owner(InvokerConfig invoker, Path data, RuntimesManifest runtimes) {
        return new OpenSandboxes.Owner(
                invoker.id().toString(), data, invoker.pool().memory(), runtimes);
    }
}
