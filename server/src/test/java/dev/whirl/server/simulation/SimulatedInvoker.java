package dev.whirl.server.simulation;

import dev.whirl.bus.Bus;
import dev.whirl.bus.BusException;
import dev.whirl.bus.kafka.SimulatedProcess;
import dev.whirl.common.units.ByteSize;
import dev.whirl.model.ActivationMessages;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.activation.ActivationResponse;
import dev.whirl.model.activation.StorageRules;
import dev.whirl.model.entity.Annotations;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.Version;
import dev.whirl.model.message.ActivationResult;
import dev.whirl.model.message.Heartbeat;
import dev.whirl.model.message.Invocation;
import dev.whirl.model.message.InvokerId;
import dev.whirl.model.message.Message;
import dev.whirl.model.message.Returned;
import dev.whirl.model.message.SlotFree;
import dev.whirl.model.message.Topic;
import dev.whirl.server.cluster.WorkJournal;
import dev.whirl.store.RecordKeeper;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/// One life of an invoker in a simulation: its journal and its records are the real ones, its sandboxes a number of
/// places. (What goes on among sandboxes has a simulation of its own.)
final class SimulatedInvoker {
    private static final ByteSize SANDBOX = ByteSize.mebibytes(256);
    private static final long MILLI = 1_000_000;
    private static final int BEATS = 10;
    private static final long NEWS = 100 * MILLI;

    /// Is told what is run.
    interface Witness {
        void runs(ActivationId id);
    }

    private final InvokerId self;
    private final SimulatedProcess process;
    private final Bus bus;
    private final WorkJournal journal;
    private final RecordKeeper keeper;
    private final Witness witness;
    private final InstantSource clock;
    private final Random random;
    private final int places;
    private final Map<EntityId, Integer> warm = new HashMap<>();
    private final Deque<Invocation> queue = new ArrayDeque<>();
    private int busy;
    private int toldBusy;
    private int sinceBeat = BEATS;
    private boolean isDraining;

    SimulatedInvoker(
            InvokerId self, SimulatedProcess process, Bus bus, SharedRecords records, World world, int places) {
        this.self = self;
        this.process = process;
        this.bus = bus;
        this.witness = world;
        this.clock = world.clock();
        this.random = world.random();
        this.places = places;
        var work = new WorkJournal(bus, new Topic.Work(self));
        this.journal = work;
        this.keeper = new RecordKeeper(StorageRules.ALL, records.of(process, () -> work), work);
        journal.leaveTo(left -> process.later(0, () -> lost(left)));
        bus.subscribe(new Topic.Work(self), this::take);
        beat();
    }

    /// Once a second, and soon when something is otherwise than it was told.
    private void beat() {
        if (sinceBeat == BEATS || busy != toldBusy) {
            tell();
        }
        sinceBeat++;
        process.later(NEWS, this::beat);
    }

    private void tell() {
        sinceBeat = 0;
        toldBusy = busy;
        ByteSize all = ByteSize.bytes(places * SANDBOX.bytes());
        ByteSize free = ByteSize.bytes((places - busy) * SANDBOX.bytes());
        bus.publish(new Topic.Health(), new Heartbeat(self, all, free, warm, isDraining));
    }

    /// Gives new calls back for a while.
    void drain(long nanos) {
        isDraining = true;
        tell();
        process.later(nanos, () -> {
            isDraining = false;
            tell();
        });
    }

    private void take(Message message) {
        if (message instanceof Invocation invocation) {
            process.later(random.nextLong(MILLI), () -> begin(invocation));
        }
    }

    private void begin(Invocation invocation) {
        if (isDraining && !invocation.isAccepted()) {
            giveBack(invocation);
        } else {
            queue.addLast(invocation);
            next();
        }
    }

    /// As the real one: if nobody can be told it stays open.
    private void giveBack(Invocation invocation) {
        try {
            bus.publish(new Topic.Completed(invocation.replyTo()), new Returned(invocation.id(), self));
            keeper.discard(invocation);
        } catch (BusException _) {
            // whoever gets the work of this invoker ends it
        }
    }

    private void next() {
        while (busy < places && !queue.isEmpty()) {
            Invocation invocation = queue.removeFirst();
            busy++;
            boolean isWarm = warm.containsKey(invocation.action());
            process.later(isWarm ? 0 : random.nextLong(500 * MILLI), () -> start(invocation));
        }
    }

    /// The word that it starts comes first, as in the real one.
    private void start(Invocation invocation) {
        if (invocation.isAccepted() && !journal.started(invocation.id())) {
            freed(invocation);
            return;
        }
        process.later(random.nextInt(24) == 0 ? random.nextLong(10_000 * MILLI) : 0, () -> run(invocation));
    }

    private void run(Invocation invocation) {
        witness.runs(invocation.id());
        process.later(MILLI + random.nextLong(400 * MILLI), () -> {
            warm.merge(invocation.action(), 1, (a, _) -> a);
            end(invocation, ActivationResponse.success(invocation.arguments()));
            freed(invocation);
        });
    }

    private void lost(Invocation invocation) {
        end(
                invocation,
                ActivationResponse.failure(ActivationResponse.Status.WHISK_ERROR, ActivationMessages.LOST_IN_CRASH));
        bus.publish(new Topic.Completed(invocation.replyTo()), new SlotFree(invocation.id(), self, false));
    }

    private void end(Invocation invocation, ActivationResponse response) {
        Activation activation = record(invocation, response);
        bus.publish(
                new Topic.Completed(invocation.replyTo()), new ActivationResult(invocation.transaction(), activation));
        keeper.keep(invocation, activation);
    }

    private void freed(Invocation invocation) {
        busy--;
        bus.publish(new Topic.Completed(invocation.replyTo()), new SlotFree(invocation.id(), self, false));
        next();
    }

    private Activation record(Invocation invocation, ActivationResponse response) {
        return new Activation(
                invocation.caller().namespace().name(),
                invocation.action().name(),
                Version.FIRST,
                invocation.caller().subject(),
                invocation.id(),
                clock.instant(),
                clock.instant(),
                Duration.ZERO,
                null,
                response,
                java.util.List.of(),
                Annotations.NONE);
    }
}
