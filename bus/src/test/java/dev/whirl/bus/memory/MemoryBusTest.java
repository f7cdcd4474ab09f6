package dev.whirl.bus.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.bus.BusException;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.message.ControllerId;
import dev.whirl.model.message.InvokerId;
import dev.whirl.model.message.Message;
import dev.whirl.model.message.SlotFree;
import dev.whirl.model.message.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MemoryBusTest {
    private static final Message MESSAGE = message();
    private static final Topic WORK = new Topic.Work(new InvokerId(0));

    private final MemoryBus bus = new MemoryBus();
    private final BlockingQueue<Message> received = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        bus.close();
    }

    @Test
    @Tag("I-1")
    void everyListenerOfATopicGetsTheVeryMessage() throws Exception {
        bus.subscribe(new Topic.Health(), received::add);
        bus.subscribe(new Topic.Health(), received::add);
        bus.subscribe(new Topic.CacheInvalidation(), received::add);

        bus.publish(new Topic.Health(), MESSAGE);

        assertThat(next()).isSameAs(MESSAGE);
        assertThat(next()).isSameAs(MESSAGE);
        assertThat(received).isEmpty();
    }

    @Test
    void messagesComeInTheOrderOfTheirPublishing() throws Exception {
        var roomy = new MemoryBus();
        List<Message> sent = new ArrayList<>();
        try (roomy) {
            roomy.subscribe(WORK, received::add);
            for (int i = 0; i < 2000; i++) {
                sent.add(message());
                roomy.publish(WORK, sent.getLast());
            }

            for (Message each : sent) {
                assertThat(next()).isSameAs(each);
            }
        }
    }

    @Test
    void aClosedSubscriptionHearsNothingMore() throws Exception {
        Topic topic = new Topic.Health();
        var subscription = bus.subscribe(topic, _ -> received.add(message()));
        bus.subscribe(topic, received::add);

        subscription.close();
        bus.publish(topic, MESSAGE);

        assertThat(next()).isSameAs(MESSAGE);
        assertThat(received).isEmpty();
    }

    @Test
    void workThatNobodyTakesIsNotLostSilently() {
        assertThatThrownBy(() -> bus.publish(new Topic.Work(new InvokerId(3)), MESSAGE))
                .isInstanceOf(BusException.class)
                .hasMessage("nobody listens to topic invoker3");
        assertThatThrownBy(() -> bus.publish(new Topic.Completed(new ControllerId(1)), MESSAGE))
                .hasMessage("nobody listens to topic completed1");
    }

    @Test
    void aReceiverThatFailsGetsTheNextMessage() throws Exception {
        bus.subscribe(WORK, message -> {
            received.add(message);
            throw new AssertionError("a bug");
        });

        bus.publish(WORK, message());
        bus.publish(WORK, MESSAGE);

        next();
        assertThat(next()).isSameAs(MESSAGE);
    }

    private Message next() throws InterruptedException {
        Message next = received.poll(10, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return java.util.Objects.requireNonNull(next);
    }

    private static Message message() {
        return new SlotFree(ActivationId.random(), new InvokerId(0), false);
    }
}
