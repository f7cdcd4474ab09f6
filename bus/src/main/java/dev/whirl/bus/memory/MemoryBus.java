package dev.whirl.bus.memory;

import dev.whirl.bus.Bus;
import dev.whirl.bus.BusException;
import dev.whirl.bus.Deliveries;
import dev.whirl.model.message.Invocation;
import dev.whirl.model.message.Message;
import dev.whirl.model.message.Topic;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Calls the handlers of a topic on the publisher's thread: no queue, no hop, no copy. A queue with a thread for each
/// receiver was tried: it added 30 to 40 µs to each call. That is why handlers must return at once.
public final class MemoryBus implements Bus {
    private static final Logger LOG = LoggerFactory.getLogger(MemoryBus.class);

    private final Map<Topic, List<Consumer<Message>>> handlers = new ConcurrentHashMap<>();

    /// @throws BusException if nobody listens to a topic that has exactly one receiver
    @Override
    public void publish(Topic topic, Message message) {
        List<Consumer<Message>> receivers = handlers.getOrDefault(topic, List.of());
        if (receivers.isEmpty() && hasOneReceiver(topic)) {
            throw new BusException("nobody listens to topic " + topic.name());
        }
        receivers.forEach(each -> hand(each, topic, message));
    }

    @Override
    public Subscription subscribe(Topic topic, Consumer<Message> handler) {
        List<Consumer<Message>> receivers = handlers.computeIfAbsent(topic, _ -> new CopyOnWriteArrayList<>());
        receivers.add(handler);
        return () -> receivers.remove(handler);
    }

    /// All parts end together with this process, and the store's journal knows what it has not done.
    @Override
    public Deliveries track(Topic.Followed topic, Consumer<Invocation> left) {
        return Deliveries.NONE;
    }

    /// No invoker can be gone while this process lives.
    @Override
    public Subscription takeOver(Topic.Followed topic, Consumer<Left> handler) {
        return () -> {};
    }

    @Override
    public Set<Topic.Followed> followed() {
        return Set.of();
    }

    @Override
    public void close() {
        handlers.clear();
    }

    /// A fault of a receiver is not the publisher's, who has done its part.
    private static void hand(Consumer<Message> receiver, Topic topic, Message message) {
        try {
            receiver.accept(message);
        } catch (RuntimeException | Error e) {
            LOG.atError().addKeyValue("topic", topic.name()).setCause(e).log("A message could not be taken");
        }
    }

    private static boolean hasOneReceiver(Topic topic) {
        return switch (topic) {
            case Topic.Work _, Topic.Composed _, Topic.Completed _ -> true;
            case Topic.Health _, Topic.CacheInvalidation _, Topic.Events _ -> false;
        };
    }
}
