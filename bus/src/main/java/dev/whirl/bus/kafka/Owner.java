package dev.whirl.bus.kafka;

import dev.whirl.model.message.Invocation;
import dev.whirl.model.message.Message;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// The invoker gets its own work.
///
/// @param left gets what an earlier process may have started; null if nobody keeps track, so that what was handed
///     over counts as done
record Owner(
        Inbox inbox, Consumer<Message> handler, @Nullable Consumer<Invocation> left, BusMeters meters)
        implements WorkReceiver {
    @Override
    public void receive(List<ConsumerRecord<byte[], byte[]>> messages, Holding holding) {
        for (ConsumerRecord<byte[], byte[]> each : messages) {
            if (!holding.isSure()) {
                holding.rewind();
                return;
            }
            if (!holding.isDone(each.offset())) {
                inbox.read(each)
                        .ifPresentOrElse(message -> receive(each, message, holding), () -> holding.done(each.offset()));
            }
        }
    }

    private void receive(ConsumerRecord<byte[], byte[]> from, Message message, Holding holding) {
        if (!(message instanceof Invocation invocation) || left == null) {
            holding.done(from.offset());
            hand(from.topic(), handler, message);
            return;
        }
        switch (holding.arrive(from.offset(), invocation)) {
            case FRESH -> hand(from.topic(), handler, invocation);
            case LEFT -> hand(from.topic(), left, invocation);
            case SKIP -> {}
        }
    }

    /// A fault of the receiver must not end the reading.
    private <T> void hand(String topic, Consumer<? super T> receiver, T message) {
        try {
            receiver.accept(message);
        } catch (RuntimeException | Error e) {
            meters.unreceived(topic, e);
        }
    }
}
