package dev.whirl.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.model.message.ControllerId;
import dev.whirl.model.message.EntityChanged;
import dev.whirl.model.message.IdentitiesChanged;
import dev.whirl.model.message.Invocation;
import dev.whirl.model.message.InvokerId;
import dev.whirl.model.message.Message;
import dev.whirl.model.message.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What every bus does.
public abstract class BusContract {
    protected static final Topic.Work WORK = new Topic.Work(new InvokerId(0));

    protected final BlockingQueue<Message> received = new LinkedBlockingQueue<>();
    private Bus bus = new dev.whirl.bus.memory.MemoryBus();

    /// A bus on which nobody has said anything.
    protected abstract Bus open();

    @BeforeEach
    void start() {
        bus = open();
    }

    @AfterEach
    void close() {
        bus.close();
    }

    protected Bus bus() {
        return bus;
    }

    @Test
    @Tag("I-1")
    void everyListenerOfATopicGetsEachMessageOnce() throws Exception {
        Message beat = Samples.beat(1);
        bus.subscribe(new Topic.Health(), received::add);
        bus.subscribe(new Topic.Health(), received::add);
        bus.subscribe(new Topic.CacheInvalidation(), received::add);

        bus.publish(new Topic.Health(), beat);
        Message first = next();
        Message second = next();
        bus.publish(new Topic.CacheInvalidation(), new IdentitiesChanged());

        assertThat(List.of(first, second)).containsExactly(beat, beat);
        assertThat(next()).isEqualTo(new IdentitiesChanged());
    }

    @Test
    void messagesComeInTheOrderOfTheirPublishing() throws Exception {
        List<Message> sent = new ArrayList<>();
        bus.subscribe(new Topic.Health(), received::add);

        for (int i = 0; i < 500; i++) {
            sent.add(Samples.beat(i));
            bus.publish(new Topic.Health(), sent.getLast());
        }

        for (Message each : sent) {
            assertThat(next()).isEqualTo(each);
        }
    }

    @Test
    void workComesAsItWasSent() throws Exception {
        Invocation invocation = Samples.accepted();
        bus.track(WORK, received::add);
        bus.subscribe(WORK, received::add);

        bus.publish(WORK, Samples.prepare());
        bus.publish(WORK, invocation);

        assertThat(next()).isEqualTo(Samples.prepare());
        assertThat(next()).isEqualTo(invocation);
    }

    @Test
    void whatWasTakenMayStart() throws Exception {
        Invocation invocation = Samples.accepted();
        Deliveries deliveries = bus.track(WORK, received::add);
        bus.subscribe(WORK, received::add);
        bus.publish(WORK, invocation);
        next();

        boolean mayRun = deliveries.started(invocation.id());
        deliveries.settled(invocation.id());

        assertThat(mayRun).isTrue();
    }

    @Test
    void aListenerGetsOnlyItsOwnTopics() throws Exception {
        var completed = new Topic.Completed(new ControllerId(0));
        var others = new Topic.Completed(new ControllerId(1));
        bus.subscribe(others, _ -> {});
        bus.subscribe(completed, received::add);

        Message mine = Samples.free();
        bus.publish(others, Samples.free());
        bus.publish(completed, mine);

        assertThat(next()).isEqualTo(mine);
    }

    @Test
    void aClosedSubscriptionHearsNothingMore() throws Exception {
        Message change = new EntityChanged(Samples.ACTION);
        BlockingQueue<Message> heardByClosed = new LinkedBlockingQueue<>();
        var subscription = bus.subscribe(new Topic.CacheInvalidation(), heardByClosed::add);
        bus.subscribe(new Topic.CacheInvalidation(), received::add);

        subscription.close();
        bus.publish(new Topic.CacheInvalidation(), change);

        assertThat(next()).isEqualTo(change);
        assertThat(heardByClosed).isEmpty();
    }

    @Test
    void aReceiverThatFailsGetsTheNextMessage() throws Exception {
        bus.subscribe(new Topic.Health(), message -> {
            received.add(message);
            throw new AssertionError("a bug");
        });

        bus.publish(new Topic.Health(), Samples.beat(1));
        bus.publish(new Topic.Health(), Samples.beat(2));

        assertThat(next()).isEqualTo(Samples.beat(1));
        assertThat(next()).isEqualTo(Samples.beat(2));
    }

    protected Message next() throws InterruptedException {
        Message next = received.poll(20, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return Objects.requireNonNull(next);
    }
}
