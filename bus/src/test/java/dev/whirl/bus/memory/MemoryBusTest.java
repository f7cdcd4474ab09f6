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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MemoryBusTest {
    private static final Message MESSAGE = new SlotFree(ActivationId.random(), new InvokerId(0), false);

    private final MemoryBus bus = new MemoryBus();
    private final List<Message> received = new ArrayList<>();

    @Test
    @Tag("I-1")
    void everyListenerOfATopicGetsTheVeryMessage() {
        bus.subscribe(new Topic.Health(), received::add);
        bus.subscribe(new Topic.Health(), received::add);
        bus.subscribe(new Topic.CacheInvalidation(), received::add);

        bus.publish(new Topic.Health(), MESSAGE);

        assertThat(received).hasSize(2);
        assertThat(received.getFirst()).isSameAs(MESSAGE);
        assertThat(received.getLast()).isSameAs(MESSAGE);
    }

    @Test
    void aClosedSubscriptionHearsNothingMore() {
        Topic topic = new Topic.Health();
        var subscription = bus.subscribe(topic, received::add);

        subscription.close();
        bus.publish(topic, MESSAGE);

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
}
