package dev.whirl.bus.kafka;

import dev.whirl.bus.Bus.Left;
import dev.whirl.bus.kafka.Ledger.Arrival;
import dev.whirl.model.message.Invocation;
import dev.whirl.model.message.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// A controller gets the work of an invoker that is gone.
///
/// What had not started is marked as started before it is handed over, all of a batch at once: if this process ends
/// while it is being placed again, nobody places it once more.
record Taker(Inbox inbox, Consumer<Left> handler, BusMeters meters) implements WorkReceiver {
    @Override
    public void receive(List<ConsumerRecord<byte[], byte[]>> messages, Holding holding) {
        List<Left> batch = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> each : messages) {
            if (!holding.isDone(each.offset())) {
                left(each, holding).ifPresent(batch::add);
            }
        }
        if (batch.isEmpty()) {
            return;
        }
        if (holding.commit() != Holding.Commit.DONE) {
            batch.forEach(each -> unmark(each, holding));
            return;
        }
        for (Left each : batch) {
            if (holding.isSure()) {
                hand(each, holding);
            } else { // this process stood still, and somebody else may have ended it by now
                unmark(each, holding);
            }
        }
    }

    private Optional<Left> left(ConsumerRecord<byte[], byte[]> from, Holding holding) {
        Optional<Message> message = inbox.read(from);
        if (message.isEmpty() || !(message.get() instanceof Invocation invocation)) {
            holding.done(from.offset());
            return Optional.empty();
        }
        Arrival arrival = holding.arrive(from.offset(), invocation);
        return switch (arrival) {
            case SKIP -> Optional.empty();
            case LEFT -> Optional.of(new Left.MayHaveStarted(invocation));
            case FRESH -> {
                holding.start(invocation.id());
                yield Optional.of(new Left.NotStarted(invocation));
            }
        };
    }

    private void hand(Left left, Holding holding) {
        try {
            handler.accept(left);
            holding.settle(left.invocation().id());
        } catch (RuntimeException | Error e) {
            meters.unreceived("takeover of " + left.invocation().id(), e);
            holding.again(left.invocation().id());
        }
    }

    private static void unmark(Left left, Holding holding) {
        switch (left) {
            case Left.NotStarted not -> holding.refuse(not.invocation().id());
            case Left.MayHaveStarted may -> holding.again(may.invocation().id());
        }
    }
}
