package dev.whirl.server.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.whirl.bus.Bus;
import dev.whirl.bus.Bus.Left;
import dev.whirl.bus.Bus.Left.MayHaveStarted;
import dev.whirl.bus.Bus.Left.NotStarted;
import dev.whirl.bus.kafka.KafkaBusConfig;
import dev.whirl.bus.kafka.SimulatedBroker;
import dev.whirl.controller.directory.CallableAction;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationResponse;
import dev.whirl.model.entity.Annotations;
import dev.whirl.model.entity.Version;
import dev.whirl.model.message.ControllerId;
import dev.whirl.model.message.Invocation;
import dev.whirl.model.message.InvokerId;
import dev.whirl.model.message.Message;
import dev.whirl.model.message.Topic;
import dev.whirl.server.cluster.ControllerJournal;
import dev.whirl.server.cluster.SimulatedJournals;
import dev.whirl.server.cluster.WorkJournal;
import dev.whirl.store.Activations;
import dev.whirl.store.InvocationJournal.Entry;
import dev.whirl.store.StoreException;
import dev.whirl.store.memory.MemoryStores;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What the journal of one process promises (`JournalContract` of the stores), kept by the two journals of a cluster:
/// an entry that is unfinished after a crash is one that is taken over.
///
/// Of that contract two things are otherwise here: what is taken over comes in the order of acceptance, and not in
/// pages,
/// since the bus keeps it; and an invoker that is asked what was promised for an id says that it cannot know.
class ClusterJournalTest {
    private static final long SECOND = SimulatedCluster.SECOND;
    private static final Topic.Work WORK = new Topic.Work(new InvokerId(0));
    private static final Topic.Composed OWN = new Topic.Composed(new ControllerId(0));

    private final World world = new World(1);
    private final SimulatedBroker broker =
            new SimulatedBroker(world::now, world.random(), KafkaBusConfig.of("localhost:9"));
    private final World.Life invoker = world.begin("invoker0");
    private final World.Life controller = world.begin("controller0");
    private final SharedRecords records = new SharedRecords();
    private final CallableAction action =
            SimulatedCalls.actions(new MemoryStores().entities()).getFirst();
    private final List<Left> left = new ArrayList<>();
    private final WorkJournal work;
    private final Activations invokersRecords;
    private final ControllerJournal own;

    ClusterJournalTest() {
        Bus bus = broker.connect(invoker);
        work = new WorkJournal(bus, WORK);
        invokersRecords = records.of(invoker, () -> work);
        bus.subscribe(WORK, (Message _) -> {});
        Bus ownBus = broker.connect(controller);
        own = SimulatedJournals.of(ownBus, OWN, records.of(controller, () -> work), controller);
        own.start(_ -> {});
        tick();
        world.runUntil(SECOND);
    }

    private void tick() {
        broker.tick();
        world.later(SECOND / 10, this::tick);
    }

    @Test
    void whatWasAcceptedIsUnfinishedAndWhatWasStartedMayHaveStarted() {
        Invocation accepted = send(false);
        Invocation started = send(false);
        Invocation running = send(true);
        assertThat(work.started(started.id())).isTrue();

        assertThat(leftOfInvoker())
                .containsExactly(new NotStarted(accepted), new MayHaveStarted(started), new MayHaveStarted(running));
    }

    @Test
    void aRecordFinishesAnInvocationAndSoDoesADiscard() {
        Invocation recorded = send(false);
        Invocation discarded = send(false);
        work.started(recorded.id());
        invokersRecords.record(record(recorded));
        work.discard(discarded.id());
        world.runUntil(world.now() + SECOND);

        assertThat(leftOfInvoker()).isEmpty();
    }

    @Test
    void aRecordThatIsNotWrittenYetFinishesNothing() {
        Invocation invocation = send(false);
        work.started(invocation.id());
        invokersRecords.record(record(invocation));

        assertThat(leftOfInvoker()).containsExactly(new MayHaveStarted(invocation));
    }

    @Test
    void nobodyStartsTwiceNorWhatIsOverNorWhatIsNotThere() {
        Invocation invocation = send(false);

        assertThat(work.started(invocation.id())).isTrue();
        assertThat(work.started(invocation.id())).isFalse();
        work.discard(invocation.id());
        assertThat(work.started(invocation.id())).isFalse();
        assertThat(work.started(SimulatedCalls.invocation(world, action, new ControllerId(0), false)
                        .id()))
                .isFalse();
    }

    @Test
    void compositionsOfAControllerAreUnfinishedUntilTheyAreOver() {
        Invocation waiting = composed();
        Invocation started = composed();
        Invocation over = composed();
        own.acceptAll(List.of(waiting, started, over), null);
        world.runUntil(world.now() + SECOND);
        assertThat(own.started(started.id())).isTrue();
        assertThat(own.started(over.id())).isTrue();
        own.discard(over.id());
        world.runUntil(world.now() + SECOND);

        controller.crash();
        assertThat(takenOver(OWN)).containsExactly(new NotStarted(waiting), new MayHaveStarted(started));
    }

    @Test
    @Tag("R-111")
    void theRecordOfAFiringIsWrittenBeforeWhatItSetsOff() {
        Invocation first = composed();
        Invocation second = composed();
        Activation firing = record(composed());

        own.acceptAll(List.of(first, second), firing);
        own.acceptAll(List.of(), null);

        assertThat(records.written()).containsOnly(Map.entry(firing.id(), firing));
        world.runUntil(world.now() + SECOND);
        controller.crash();
        assertThat(takenOver(OWN)).containsExactly(new NotStarted(first), new NotStarted(second));
    }

    @Test
    void whatRunsAlreadyWhenItIsAcceptedIsOneEntryAndMayHaveStarted() {
        Invocation running = composed();

        own.acceptRunning(running);
        own.acceptRunning(running);
        world.runUntil(world.now() + SECOND);

        assertThat(own.find(running.id())).isPresent();
        controller.crash();
        assertThat(takenOver(OWN)).containsExactly(new MayHaveStarted(running.underWay()));
    }

    @Test
    void whatWasAcceptedIsFoundByItsIdWhereItWasAcceptedAndAnInvokerCannotTell() {
        Invocation accepted = composed();
        own.accept(accepted);

        assertThat(own.find(accepted.id())).contains(new Entry(accepted, false));
        own.discard(accepted.id());
        world.runUntil(world.now() + SECOND);
        assertThat(own.find(accepted.id())).isEmpty();
        assertThatExceptionOfType(StoreException.Unavailable.class).isThrownBy(() -> work.find(accepted.id()));
    }

    private Invocation send(boolean isBlocking) {
        Invocation invocation = SimulatedCalls.invocation(world, action, new ControllerId(0), isBlocking);
        broker.connect(controller).publish(WORK, invocation);
        world.runUntil(world.now() + SECOND);
        return invocation;
    }

    private Invocation composed() {
        return SimulatedCalls.invocation(world, action, new ControllerId(0), false)
                .composed();
    }

    private List<Left> leftOfInvoker() {
        invoker.crash();
        return takenOver(WORK);
    }

    private List<Left> takenOver(Topic.Followed topic) {
        broker.connect(world.begin("controller1")).takeOver(topic, left::add);
        world.runUntil(world.now() + 30 * SECOND);
        return left;
    }

    private static Activation record(Invocation invocation) {
        return new Activation(
                invocation.caller().namespace().name(),
                invocation.action().name(),
                Version.FIRST,
                "guest",
                invocation.id(),
                Instant.EPOCH,
                Instant.EPOCH,
                Duration.ZERO,
                null,
                ActivationResponse.success(invocation.arguments()),
                List.of(),
                Annotations.NONE);
    }
}
