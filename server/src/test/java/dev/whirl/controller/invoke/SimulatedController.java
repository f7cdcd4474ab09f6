package dev.whirl.controller.invoke;

import dev.whirl.bus.Bus;
import dev.whirl.bus.Bus.Left;
import dev.whirl.bus.kafka.SimulatedProcess;
import dev.whirl.controller.access.InFlight;
import dev.whirl.controller.directory.CallableAction;
import dev.whirl.controller.directory.Directory;
import dev.whirl.controller.events.EventsConfig;
import dev.whirl.controller.events.UserEvents;
import dev.whirl.controller.place.Cluster;
import dev.whirl.controller.place.PlacementConfig;
import dev.whirl.model.ApiException;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.activation.StorageRules;
import dev.whirl.model.message.ControllerId;
import dev.whirl.model.message.Invocation;
import dev.whirl.model.message.InvokerId;
import dev.whirl.model.message.Message;
import dev.whirl.model.message.Topic;
import dev.whirl.store.InvocationJournal;
import dev.whirl.store.RecordKeeper;
import dev.whirl.store.Stores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One life of a controller in a simulation: the parts of the real one that decide and remember, without its threads.
public final class SimulatedController {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final Duration SWEEP = Duration.ofSeconds(5);
    private static final Duration AGAIN = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofHours(1);

    /// Who made a call learns what came of it.
    public interface Caller {
        void answered(Activation activation);

        /// 202: it is promised now.
        void promised();
    }

    private record Waiting(Ticket ticket, Invocation invocation, Caller caller) {}

    private final SimulatedProcess process;
    private final InstantSource clock;
    private final InvocationJournal journal;
    private final Stores stores;
    private final Cluster cluster;
    private final InFlight inFlight = new InFlight();
    private final Running running;
    private final PendingResults pending = new PendingResults();
    private final Dispatch dispatch;
    private final Completions completions;
    private final Resending resending;
    private final Takeovers takeovers;
    private final Peers peers;
    private final RecordKeeper keeper;
    private final Map<ActivationId, Waiting> waiting = new LinkedHashMap<>();
    private int forced;

    /// @param stores of the cluster, with the journal of this controller
    public SimulatedController(
            ControllerId self,
            SimulatedProcess process,
            Bus bus,
            Stores stores,
            PlacementConfig placement,
            InstantSource clock) {
        var meters = new SimpleMeterRegistry();
        var outcomes = new Outcomes(meters);
        this.process = process;
        this.clock = clock;
        this.stores = stores;
        this.journal = stores.journal();
        this.cluster = new Cluster(placement, clock);
        this.running = new Running(inFlight, cluster, clock);
        this.dispatch = new Dispatch(self, bus, cluster, running, outcomes);
        this.keeper = new RecordKeeper(StorageRules.ALL, stores.activations(), journal);
        this.peers = new Peers(self, bus, placement.silence(), clock);
        var retries = new Retries(stores.activations(), journal, inFlight, clock, clock);
        var elsewhere = new Elsewhere(dispatch, inFlight, pending, keeper, clock);
        var directory = new Directory(stores.entities());
        var events = new UserEvents(EventsConfig.OFF, self.toString(), bus, meters, clock);
        this.completions = new Completions(
                pending,
                running,
                cluster,
                directory,
                retries,
                outcomes,
                events,
                peers,
                unsent -> process.later(0, () -> elsewhere.send(unsent)));
        var recovery = new Recovery(journal, stores.activations(), directory, retries);
        this.resending = resending(recovery);
        this.takeovers = new Takeovers(bus, cluster, peers, this::takeUp, recovery::endLost, placement.silence());
        bus.subscribe(new Topic.Completed(self), this::take);
        bus.subscribe(new Topic.Health(), this::take);
        every(SECOND, Duration.ZERO, () -> peers.tell(false));
        every(LOOK, placement.silence(), takeovers::look);
        every(SWEEP, SWEEP, () -> forced += running.freeOverdue().size());
        every(SECOND, SECOND, this::lookForTests);
    }

    @SuppressWarnings("NullAway") // nothing is a composition here
    private Resending resending(Recovery recovery) {
        return new Resending(journal, recovery, dispatch, inFlight, null, new Patience(LONGEST, clock), clock);
    }

    private void every(Duration period, Duration first, Runnable what) {
        process.later(first.toNanos(), () -> {
            what.run();
            every(period, period, what);
        });
    }

    /// Invokers that have fallen silent are taken note of; nobody is tested.
    private void lookForTests() {
        try {
            cluster.awaitTests(Duration.ZERO);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// As [SingleRuns#runAndWait]. What throws was refused, and its caller knows.
    public void callAndWait(Invocation invocation, CallableAction action, Duration wait, Caller caller) {
        Ticket ticket = pending.open(invocation.id());
        try {
            send(invocation, action);
        } catch (RuntimeException e) {
            ticket.close();
            throw e;
        }
        waiting.put(invocation.id(), new Waiting(ticket, invocation, caller));
        process.later(wait.toNanos() / 2, () -> lookInto(invocation.id()));
        process.later(wait.toNanos(), () -> promise(invocation.id()));
    }

    /// As [SingleRuns#send] of what is in the journal. On return it is accepted; what throws was refused, or has a
    /// record.
    public void accept(Invocation invocation, CallableAction action) {
        InvokerId invoker = place(invocation, action);
        inFlight.enterAnyway(namespace(invocation));
        journal.accept(invocation);
        try {
            dispatch.send(invocation, invoker, action);
        } catch (RuntimeException e) {
            if (!Dispatch.mayHaveArrived(e)) {
                keeper.keep(invocation, FailureRecord.notSent(invocation, action.action(), clock.instant()));
            }
            throw e;
        }
    }

    private void send(Invocation invocation, CallableAction action) {
        InvokerId invoker = place(invocation, action);
        inFlight.enterAnyway(namespace(invocation));
        dispatch.send(invocation, invoker, action);
    }

    private InvokerId place(Invocation invocation, CallableAction action) {
        try {
            return dispatch.place(invocation, action);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String namespace(Invocation invocation) {
        return invocation.caller().namespace().uuid();
    }

    private void take(Message message) {
        completions.take(message);
        for (Waiting each : List.copyOf(waiting.values())) {
            each.ticket().poll().ifPresent(result -> answer(each, result));
        }
    }

    private void answer(Waiting call, Activation result) {
        waiting.remove(call.invocation().id());
        call.ticket().close();
        call.caller().answered(result);
    }

    /// As [ResultWait] does now and then: the result may have got lost.
    private void lookInto(ActivationId id) {
        Optional.ofNullable(waiting.get(id))
                .ifPresent(call -> stored(call.invocation()).ifPresent(found -> answer(call, found)));
    }

    private Optional<Activation> stored(Invocation invocation) {
        return stores.activations().find(invocation.caller().namespace().name(), invocation.id());
    }

    /// As [SingleRuns] does at the end of the wait.
    private void promise(ActivationId id) {
        Optional.ofNullable(waiting.get(id)).ifPresent(call -> {
            journal.acceptRunning(call.invocation().accepted());
            Optional<Activation> late = stored(call.invocation());
            if (late.isPresent()) {
                journal.discard(id);
                answer(call, late.get());
            } else {
                waiting.remove(id);
                call.ticket().close();
                call.caller().promised();
            }
        });
    }

    /// What somebody else has left, or an earlier life of this one.
    public void takeOver(Left left) {
        takeovers.take(left);
    }

    /// As [Resending#takeUp].
    private void takeUp(Invocation left) {
        Invocation invocation = resending.keep(left);
        Instant deadline = clock.instant().plus(LONGEST);
        process.later(AGAIN.toNanos(), () -> goOn(invocation, deadline));
    }

    private void goOn(Invocation invocation, Instant deadline) {
        try {
            if (!resending.isTakenUp(invocation, deadline)) {
                process.later(AGAIN.toNanos(), () -> goOn(invocation, deadline));
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Each call that counts in its namespace is one that was sent and has no answer, and each place that is taken on
    /// an
    /// invoker is taken by one that was sent and whose end is not known, at any moment.
    public void requireExactCounts(String namespace) {
        if (cluster.taken() != running.size()) {
            throw new AssertionError(
                    "%d places are taken, and %d calls are under way".formatted(cluster.taken(), running.size()));
        }
        if (inFlight.running(namespace) != running.inNamespaces()) {
            throw new AssertionError("%d count in %s, and %d were sent"
                    .formatted(inFlight.running(namespace), namespace, running.inNamespaces()));
        }
    }

    /// What is counted as in use; empty when nothing is under way.
    public List<String> leaks(List<String> namespaces) {
        var leaks = new ArrayList<String>();
        if (running.size() > 0) {
            leaks.add("%d places are taken: %s"
                    .formatted(running.size(), running.actions().keySet()));
        }
        for (String each : namespaces) {
            if (inFlight.running(each) != 0) {
                leaks.add("%s counts %d in flight".formatted(each, inFlight.running(each)));
            }
        }
        if (!waiting.isEmpty() || pending.size() > 0) {
            leaks.add("callers wait: " + waiting.keySet());
        }
        return leaks;
    }

    /// How many places were given back only because nothing was heard of them.
    public int forced() {
        return forced;
    }

    /// Whether it would send a call somewhere.
    public boolean hasInvokers() {
        return cluster.healthy() > 0;
    }

    /// Whether a call was refused as it should be: with a 503.
    public static boolean isRefusal(RuntimeException e) {
        return e instanceof ApiException api && api.code().status() == 503;
    }
}
