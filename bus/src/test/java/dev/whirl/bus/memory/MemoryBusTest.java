package dev.whirl.bus.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.bus.Bus;
import dev.whirl.bus.BusContract;
import dev.whirl.bus.BusException;
import dev.whirl.bus.Samples;
import dev.whirl.model.message.ControllerId;
import dev.whirl.model.message.InvokerId;
import dev.whirl.model.message.Message;
import dev.whirl.model.message.Topic;
import org.junit.jupiter.api.Test;

class MemoryBusTest extends BusContract {
    @Override
    protected Bus open() {
        return new MemoryBus();
    }

    @Test
    void theVeryMessageIsHandedOver() throws Exception {
        Message message = Samples.free();
        bus().subscribe(new Topic.Health(), received::add);

        bus().publish(new Topic.Health(), message);

        assertThat(next()).isSameAs(message);
    }

    @Test
    void workThatNobodyTakesIsNotLostSilently() {
        assertThatThrownBy(() -> bus().publish(new Topic.Work(new InvokerId(3)), Samples.free()))
                .isInstanceOf(BusException.class)
                .hasMessage("nobody listens to topic invoker3");
        assertThatThrownBy(() -> bus().publish(new Topic.Completed(new ControllerId(1)), Samples.free()))
                .hasMessage("nobody listens to topic completed1");
    }
}
