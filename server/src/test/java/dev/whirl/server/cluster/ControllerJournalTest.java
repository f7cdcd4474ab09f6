package dev.whirl.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whirl.bus.Bus.Left;
import dev.whirl.bus.memory.MemoryBus;
import dev.whirl.model.TransactionId;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.identity.AuthKey;
import dev.whirl.model.identity.Identity;
import dev.whirl.model.identity.Namespace;
import dev.whirl.model.json.RawJson;
import dev.whirl.model.limits.NamespaceLimits;
import dev.whirl.model.message.ControllerId;
import dev.whirl.model.message.Invocation;
import dev.whirl.model.message.Topic;
import dev.whirl.store.InvocationJournal.Entry;
import dev.whirl.store.memory.MemoryStores;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ControllerJournalTest {
    private static final Topic.Composed OWN = new Topic.Composed(new ControllerId(3));

    private final MemoryBus bus = new MemoryBus();
    private final BlockingQueue<Left> leftovers = new LinkedBlockingQueue<>();
    private ControllerJournal journal;

    @BeforeEach
    void start() {
        journal = new ControllerJournal(bus, OWN, new MemoryStores().activations());
        journal.start(leftovers::add);
    }

    @AfterEach
    void close() {
        journal.close();
        bus.close();
    }

    @Test
    void whatThisControllerAcceptedMayStartAndIsNoLeftover() {
        Invocation composed = invocation().composed();
        journal.accept(composed);

        assertThat(journal.find(composed.id())).contains(new Entry(composed, false));
        assertThat(journal.started(composed.id())).isTrue();
        journal.discard(composed.id());
        assertThat(journal.find(composed.id())).isEmpty();
        assertThat(leftovers).isEmpty();
    }

    @Test
    void whatGoesToAnInvokerIsKeptByThatInvokersTopicAlone() {
        Invocation single = invocation();
        journal.accept(single);

        assertThat(journal.find(single.id())).isEmpty();
        assertThat(journal.started(single.id())).isTrue();
    }

    @Test
    void whatAnEarlierLifeAcceptedIsTakenUp() throws InterruptedException {
        Invocation composed = invocation().composed();
        bus.publish(OWN, composed);

        assertThat(leftovers.poll(5, TimeUnit.SECONDS)).isEqualTo(new Left.NotStarted(composed));
        journal.accept(composed); // as whoever takes it up does
        assertThat(journal.started(composed.id())).isTrue();
        assertThat(leftovers).isEmpty();
    }

    /// It went to an invoker that is gone, and came back before this controller knew that it had gone out.
    @Test
    void whatIsTakenUpAgainWhileItIsBeingSentCanBeSentAgain() throws InterruptedException {
        Invocation single = invocation();
        journal.acceptHere(single);
        assertThat(journal.sending(single.id())).isTrue();
        Thread again = Thread.ofVirtual().start(() -> journal.acceptHere(single));
        await().until(() -> again.getState() == Thread.State.TIMED_WAITING);

        journal.sent(single.id());
        again.join();

        assertThat(journal.find(single.id())).contains(new Entry(single, false));
        assertThat(journal.sending(single.id())).isTrue();
        journal.sent(single.id());
        assertThat(journal.find(single.id())).isEmpty();
    }

    private static Invocation invocation() {
        var key = new AuthKey("23bc46b1", "123zO3");
        var guest = new NamespaceName("guest");
        return new Invocation(
                new TransactionId("transaction1"),
                ActivationId.random(),
                new EntityId(guest, null, new EntityName("hello")),
                "1-abc",
                null,
                new Identity("guest", new Namespace(guest, key.uuid()), key, NamespaceLimits.NONE),
                RawJson.EMPTY_OBJECT,
                List.of(),
                Map.of(),
                false,
                true,
                null,
                new ControllerId(3),
                Instant.EPOCH);
    }
}
