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

    /// Takes up what an earlier life of the server accepted, then listens. Invokers may come later: calls wait
    /// a moment for them.
    public void start() {
        engine.start();
        listener.start();
    }

    /// The port that is listened on.
    public int port() {
        return listener.port();
    }

    /// Refuses new requests, waits for those in flight as long as configured, then closes.
    public void stop() {
        listener.stop(config.drainTimeout());
        engine.close();
    }
}
