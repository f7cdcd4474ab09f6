package dev.whirl.controller;

import dev.whirl.bus.Bus;
import dev.whirl.controller.access.Authenticator;
import dev.whirl.controller.access.Gate;
import dev.whirl.controller.access.Identities;
import dev.whirl.controller.access.InFlight;
import dev.whirl.controller.api.ApiParts;
import dev.whirl.controller.api.Frontage;
import dev.whirl.controller.api.Routes;
import dev.whirl.controller.api.actions.KindRules;
import dev.whirl.controller.api.http.HttpListener;
import dev.whirl.controller.api.http.Router;
import dev.whirl.controller.events.UserEvents;
import dev.whirl.controller.invoke.EngineSettings;
import dev.whirl.controller.invoke.HealthTestAction;
import dev.whirl.controller.invoke.InvokeEngine;
import dev.whirl.controller.invoke.Peers;
import dev.whirl.controller.invoke.fire.DeadLetterFiring;
import dev.whirl.controller.invoke.fire.Firing;
import dev.whirl.controller.place.Cluster;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.limits.SystemLimits;
import dev.whirl.model.message.IdentitiesChanged;
import dev.whirl.model.message.Message;
import dev.whirl.model.message.Topic;
import dev.whirl.model.runtime.RuntimesManifest;
import dev.whirl.store.Stores;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// One controller: serves the REST API on a port, and sends invocations to invokers over the bus. It closes
/// what it made, not what it was given.
public final class Controller {
    private final ControllerConfig config;
    private final Bus bus;
    private final Identities identities;
    private final UserEvents events;
    private final InvokeEngine engine;
    private final HttpListener listener;
    private final List<Bus.Subscription> subscriptions = new ArrayList<>(1);

    public Controller(
            ControllerConfig config,
            SystemLimits limits,
            RuntimesManifest runtimes,
            Stores stores,
            Bus bus,
            Telemetry telemetry) {
        this(config, limits, runtimes, stores, bus, telemetry, Frontage.NONE);
    }

    /// @param frontage what else is served on the port
    public Controller(
            ControllerConfig config,
            SystemLimits limits,
            RuntimesManifest runtimes,
            Stores stores,
            Bus bus,
            Telemetry telemetry,
            Frontage frontage) {
        this.config = config;
        this.bus = bus;
        this.identities = new Identities(stores.subjects(), config.access().identityTtl());
        var inFlight = new InFlight();
        var cluster = new Cluster(config.placement(), runtimes.nativeImages(), telemetry.steady());
        this.events =
                new UserEvents(config.events(), config.id().toString(), bus, telemetry.meters(), telemetry.clock());
        var peers = new Peers(config.id(), bus, config.placement().silence(), telemetry.steady());
        this.engine = new InvokeEngine(
                new EngineSettings(
                        config.id(),
                        limits.sequenceLength(),
                        config.rules().records(),
                        config.placement().acceptedDeadline(),
                        config.placement().silence(),
                        HealthTestAction.of(config.id(), limits, runtimes),
                        new KindRules(runtimes, config.rules().kinds())),
                stores,
                bus,
                cluster,
                inFlight,
                peers,
                events,
                telemetry);
        var gate = new Gate(limits, telemetry.clock(), inFlight, events, peers::count);
        var parts = ApiParts.of(limits, runtimes, stores, identities, gate, engine, telemetry.clock())
                .withRules(config.rules());
        var firing = new Firing(
                engine,
                gate,
                parts.resolver(),
                KindRules.of(parts),
                limits,
                config.rules().records(),
                telemetry.clock());
        engine.tell(new DeadLetterFiring(firing, engine.directory(), limits));
        var authenticator = new Authenticator(identities, config.access(), telemetry.clock());
        Router router = Routes.of(config, parts, telemetry, authenticator, frontage);
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
        subscriptions.add(bus.subscribe(new Topic.CacheInvalidation(), this::hear));
        events.start();
        engine.start();
    }

    /// Takes up what an earlier life of this controller accepted and left. Durable on return.
    public void takeUp(Bus.Left left) {
        engine.takeUp(left);
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

    /// Says that it is not ready any more and serves for so long what still comes, so that whoever spreads requests
    /// over
    /// the controllers has time to notice; then drains.
    public void leave(Duration farewell) {
        engine.leave();
        listener.leave();
        try {
            Thread.sleep(farewell);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        drain();
    }

    /// Refuses new requests, waits for those in flight as long as configured, then closes the port. Sequences and
    /// compositions that run without a caller have what is left of that time to end.
    public void drain() {
        long start = System.nanoTime();
        listener.stop(config.drainTimeout());
        engine.drain(config.drainTimeout().minusNanos(System.nanoTime() - start));
    }

    /// Hears invokers no more: when they have told all that they had to tell.
    public void disconnect() {
        engine.close();
        events.close();
        subscriptions.forEach(Bus.Subscription::close);
    }

    /// Subjects, keys or limits in the store were changed: it counts here on return, and soon at every other
    /// controller.
    public void identitiesChanged() {
        identities.changed();
        bus.publish(new Topic.CacheInvalidation(), new IdentitiesChanged());
    }

    /// Entities in the store were written by somebody else: it counts here on return, and soon at every other
    /// controller.
    public void entitiesChanged(List<EntityId> ids) {
        ids.forEach(engine::changed);
    }

    private void hear(Message message) {
        if (message instanceof IdentitiesChanged) {
            identities.changed();
        }
    }
}
