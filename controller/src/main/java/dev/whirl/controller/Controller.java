package dev.whirl.controller;

import dev.whirl.bus.Bus;
import dev.whirl.controller.access.Authenticator;
import dev.whirl.controller.access.Gate;
import dev.whirl.controller.access.InFlight;
import dev.whirl.controller.api.Routes;
import dev.whirl.controller.api.actions.ActionRoutes;
import dev.whirl.controller.api.http.HttpListener;
import dev.whirl.controller.api.http.Router;
import dev.whirl.controller.invoke.InvokeEngine;
import dev.whirl.controller.place.Cluster;
import dev.whirl.model.limits.SystemLimits;
import dev.whirl.model.runtime.RuntimesManifest;
import dev.whirl.store.Stores;

/// One controller: serves the REST API on a port, and sends invocations to invokers over the bus. It closes
/// what it made, not what it was given.
public final class Controller {
    private final ControllerConfig config;
    private final InvokeEngine engine;
    private final HttpListener listener;

    public Controller(
            ControllerConfig config,
            SystemLimits limits,
            RuntimesManifest runtimes,
            Stores stores,
            Bus bus,
            Telemetry telemetry) {
        this.config = config;
        var inFlight = new InFlight();
        var cluster = new Cluster(config.placement(), telemetry.clock());
        this.engine = new InvokeEngine(config.id(), stores, bus, cluster, inFlight, telemetry);
        var gate = new Gate(limits, telemetry.clock(), inFlight);
        var actions = new ActionRoutes(limits, runtimes, stores, gate, engine, telemetry.clock());
        Router router = Routes.of(config, actions, telemetry);
        var authenticator = new Authenticator(stores.subjects(), config.identityTtl());
        this.listener = new HttpListener(config.http(), router, authenticator, telemetry.meters());
    }

    /// Connects and listens.
    public void start() {
        connect();
        listen();
    }

    /// Takes up what an earlier life of the server accepted, and hears invokers from now on. They may come later:
    /// calls wait a moment for them.
    public void connect() {
        engine.start();
    }

    /// Serves requests.
    ///
    /// @throws java.io.UncheckedIOException if the address can't be had
    public void listen() {
        listener.start();
    }

    /// The port that is listened on.
    public int port() {
        return listener.port();
    }

    /// Drains and disconnects.
    public void stop() {
        drain();
        disconnect();
    }

    /// Refuses new requests, waits for those in flight as long as configured, then closes the port.
    public void drain() {
        listener.stop(config.drainTimeout());
    }

    /// Hears invokers no more: when they have told all that they had to tell.
    public void disconnect() {
        engine.close();
    }
}
