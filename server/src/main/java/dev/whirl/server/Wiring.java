package dev.whirl.server;

import dev.whirl.bus.memory.MemoryBus;
import dev.whirl.controller.Controller;
import dev.whirl.controller.Telemetry;
import dev.whirl.invoker.Invoker;
import dev.whirl.sandbox.SandboxException;
import dev.whirl.sandbox.process.ProcessSandboxes;
import dev.whirl.server.Platform.Part;
import dev.whirl.store.Stores;
import dev.whirl.store.embedded.EmbeddedStores;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// The only place where parts are made. One reading tells what a process consists of.
final class Wiring {
    private Wiring() {}

    /// Makes the parts; nothing listens or runs until the platform is started.
    ///
    /// @throws StartException if sandboxes can't be made on this machine
    static Platform platform(ServerConfig config) {
        return switch (config) {
            case ServerConfig.Standalone standalone -> standalone(standalone);
        };
    }

    private static Platform standalone(ServerConfig.Standalone config) {
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        ProcessMetrics.bindTo(meters);
        Stores stores = EmbeddedStores.open(config.store(), meters);
        var bus = new MemoryBus();
        ProcessSandboxes sandboxes = sandboxes(config, stores);
        var invoker = new Invoker(config.invoker(), config.limits(), stores, bus, sandboxes, config.runtimes(), meters);
        var telemetry = new Telemetry(meters, meters::scrape, InstantSource.system());
        var controller =
                new Controller(config.controller(), config.limits(), config.runtimes(), stores, bus, telemetry);
        return new Platform(
                List.of(
                        Part.closing("metrics", meters::close),
                        Part.closing("stores", stores::close),
                        Part.closing("bus", bus::close),
                        Part.closing("sandboxes", sandboxes::close),
                        new Part("identities", () -> DefaultIdentities.seed(stores.subjects()), () -> {}),
                        new Part("controller", controller::connect, controller::disconnect),
                        new Part("invoker", invoker::start, Stopping.uninterrupted(invoker::stop)),
                        new Part("http", controller::listen, controller::drain)),
                () -> facts(config, controller, stores, sandboxes));
    }

    private static ProcessSandboxes sandboxes(ServerConfig.Standalone config, Stores stores) {
        try {
            return new ProcessSandboxes(config.sandbox());
        } catch (SandboxException e) {
            stores.close();
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    private static StartScreen.Facts facts(
            ServerConfig.Standalone config, Controller controller, Stores stores, ProcessSandboxes sandboxes) {
        String host = config.controller().http().host();
        return new StartScreen.Facts(
                "http://%s:%d".formatted(isLoopback(host) ? "localhost" : host, controller.port()),
                isLoopback(host),
                DefaultIdentities.areInUse(stores.subjects()),
                config.store().data(),
                Kinds.readiness(config.runtimes(), sandboxes.readiness()),
                Installation.commandLine(),
                Duration.ofMillis(System.currentTimeMillis()
                        - ManagementFactory.getRuntimeMXBean().getStartTime()));
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
