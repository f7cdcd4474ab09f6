package dev.whirl.controller.invoke;

import dev.whirl.bus.Bus;
import dev.whirl.controller.Telemetry;
import dev.whirl.controller.access.InFlight;
import dev.whirl.controller.directory.Directory;
import dev.whirl.controller.directory.Resolver;
import dev.whirl.controller.events.UserEvents;
import dev.whirl.controller.invoke.compose.Callees;
import dev.whirl.controller.invoke.compose.Compositions;
import dev.whirl.controller.place.Cluster;
import dev.whirl.controller.place.InvokerHealth;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.message.ControllerId;
import dev.whirl.model.message.EntityChanged;
import dev.whirl.model.message.Invocation;
import dev.whirl.model.message.InvokerId;
import dev.whirl.model.message.Topic;
import dev.whirl.store.RecordKeeper;
import dev.whirl.store.Stores;
import io.micrometer.core.instrument.Gauge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything behind an invocation: owns the subscriptions, the counts, and the threads that tidy up. Starting
/// it finishes what an earlier life of the server accepted.
public final class InvokeEngine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(InvokeEngine.class);
    private static final Duration SWEEP = Duration.ofSeconds(5);

    private final ControllerId self;
    private final Bus bus;
    private final Announcements announcements;
    private final Cluster cluster;
    private final Directory directory;
    private final Outcomes outcomes;
    private final Running running;
    private final Completions completions;
    private final ComposedRuns composed;
    private final Invocations invocations;
    private final RecordKeeper keeper;
    private final Retries retries;
    private final Recovery recovery;
    private final Resending resending;
    private final HealthTests healthTests;
    private final Peers peers;
    private final Takeovers takeovers;
    private volatile boolean isLeaving;
    private final List<Bus.Subscription> subscriptions = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    public InvokeEngine(
            EngineSettings settings,
            Stores stores,
            Bus bus,
            Cluster cluster,
            InFlight inFlight,
            Peers peers,
            UserEvents events,
            Telemetry telemetry) {
        this.self = settings.self();
        this.bus = bus;
        this.announcements = new Announcements(bus);
        this.cluster = cluster;
        this.directory = new Directory(stores.entities());
        this.outcomes = new Outcomes(telemetry.meters());
        this.running = new Running(inFlight, cluster, telemetry.steady());
        var pending = new PendingResults();
        var dispatch = new Dispatch(self, bus, cluster, running, outcomes);
        this.retries =
                new Retries(stores.activations(), stores.journal(), inFlight, telemetry.clock(), telemetry.steady());
        var made = new NewInvocations(self, telemetry.clock());
        this.keeper = new RecordKeeper(settings.records(), stores.activations(), stores.journal());
        this.peers = peers;
        var elsewhere = new Elsewhere(dispatch, inFlight, pending, keeper, telemetry.clock());
        this.completions =
                new Completions(pending, running, cluster, directory, retries, outcomes, events, peers, elsewhere);
        var results = new ResultWait(stores.activations());
        var singles =
                new SingleRuns(made, dispatch, pending, results, stores.journal(), keeper, retries::ended, outcomes);
        var compositions = new Compositions(
                new Callees(new Resolver(directory), settings.calls()),
                new StepRuns(made, dispatch, pending, results, inFlight),
                new ParentRecords(keeper, outcomes, events),
                settings.sequenceLength(),
                telemetry.clock());
        this.healthTests = new HealthTests(settings, stores, cluster, dispatch, directory::forget, telemetry.clock());
        this.composed = new ComposedRuns(made, compositions, new CompositionRoom(), stores.journal(), outcomes);
        this.invocations = new Invocations(singles, composed, retries, stores.journal(), outcomes);
        this.recovery = new Recovery(stores.journal(), stores.activations(), directory, retries);
        this.resending = new Resending(
                stores.journal(),
                recovery,
                dispatch,
                inFlight,
                composed,
                new Patience(settings.acceptedDeadline(), telemetry.steady()),
                telemetry.clock());
        this.takeovers = new Takeovers(bus, cluster, peers, resending::takeUp, resending::endLost, settings.silence());
        Gauge.builder("whirl_compositions_running", composed, ComposedRuns::running)
                .description("Sequences and compositions under way")
                .register(telemetry.meters());
        Gauge.builder("whirl_in_flight", running, Running::size)
                .description("Invocations sent to invokers and not yet over")
                .register(telemetry.meters());
        Gauge.builder("whirl_blocking_waiters", pending, PendingResults::size)
                .description("Callers that wait for a result")
                .register(telemetry.meters());
        Gauge.builder("whirl_admission_queue", cluster, Cluster::waiting)
                .description("Calls that wait for room on an invoker")
                .register(telemetry.meters());
        Gauge.builder("whirl_invokers_healthy", cluster, Cluster::healthy)
                .description("Invokers that take work")
                .register(telemetry.meters());
        for (String state : List.of("up", "unhealthy", "unresponsive", "down")) {
            Gauge.builder("whirl_invokers", cluster, each -> each.count(state))
                    .description("Invokers by state, as this controller sees them")
                    .tag("state", state)
                    .register(telemetry.meters());
        }
    }

    public void start() {
        subscriptions.add(bus.subscribe(new Topic.Completed(self), completions::take));
        subscriptions.add(bus.subscribe(new Topic.Health(), completions::take));
        subscriptions.add(bus.subscribe(new Topic.CacheInvalidation(), completions::take));
        List<ActivationId> again = recovery.settle();
        if (!again.isEmpty()) {
            run("resend", () -> resending.send(again));
        }
        run("retries", () -> retries.run(resending));
        run("sweep", this::sweep);
        run("presence", peers::run);
        run("takeovers", takeovers::run);
        run("health", healthTests::run);
    }

    /// Who is told when all attempts of an activation have failed.
    public void tell(DeadLetters deadLetters) {
        retries.tell(deadLetters);
    }

    public Invocations invocations() {
        return invocations;
    }

    public Directory directory() {
        return directory;
    }

    /// The invokers that were heard of, and how each does.
    public SortedMap<InvokerId, InvokerHealth> invokers() {
        return cluster.health();
    }

    /// Why no invocation could succeed now, if none could.
    public Optional<String> obstacle() {
        if (isLeaving) {
            return Optional.of("stopping");
        }
        return cluster.healthy() > 0 ? Optional.empty() : Optional.of("invokers: " + cluster.summary());
    }

    /// From now on nobody should send more: it says that it is not ready.
    public void leave() {
        isLeaving = true;
    }

    /// What was sent to invokers and has not come back.
    public Map<ActivationId, EntityId> running() {
        return running.actions();
    }

    public Outcomes outcomes() {
        return outcomes;
    }

    /// Takes up what an earlier life of this controller accepted and left. Durable on return.
    public void takeUp(Bus.Left left) {
        takeovers.take(left);
    }

    /// Tells every cache that an entity was written or deleted.
    public void changed(EntityId id) {
        directory.forget(id);
        announcements.tell(new EntityChanged(id));
    }

    /// Waits for sequences and compositions that run without a caller. Their steps need invokers.
    public void drain(Duration timeout) {
        try {
            composed.awaitEnd(System.nanoTime() + timeout.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        peers.leave();
        composed.abandon();
        keeper.close();
        threads.forEach(Thread::interrupt);
        subscriptions.forEach(Bus.Subscription::close);
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private void run(String name, Work work) {
        threads.add(Thread.ofVirtual().name("controller-" + name).start(() -> {
            try {
                work.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                LOG.atError()
                        .addKeyValue("thread", name)
                        .setCause(e)
                        .log("a background thread of the controller ended");
            }
        }));
    }

    private void sweep() throws InterruptedException {
        while (true) {
            Thread.sleep(SWEEP);
            List<Invocation> freed = running.freeOverdue();
            if (!freed.isEmpty()) {
                freed.forEach(retries::overdue);
                LOG.atWarn()
                        .addKeyValue("activations", freed.size())
                        .log("no invoker answered for too long; their places are free again");
            }
        }
    }
}
