package dev.whirl.bus.memory;

import dev.whirl.bus.Bus;
import dev.whirl.bus.BusException;
import dev.whirl.model.message.Message;
import dev.whirl.model.message.Topic;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Calls the handlers of a topic on the publisher's thread: no queue, no hop, no copy.
public final class MemoryBus implements Bus {
    private final Map<Topic, List<Consumer<Message>>> handlers = new ConcurrentHashMap<>();

    /// @throws BusException if nobody listens to a topic that has exactly one receiver
    @Override
    public void publish(Topic topic, Message message) {
        List<Consumer<Message>> receivers = handlers.getOrDefault(topic, List.of());
        if (receivers.isEmpty() && hasOneReceiver(topic)) {
            throw new BusException("nobody listens to topic " + topic.name());
        }
        receivers.forEach(each -> each.accept(message));
    }

    @Override
    public Subscription subscribe(Topic topic, Consumer<Message> handler) {
        List<Consumer<Message>> receivers = handlers.computeIfAbsent(topic, _ -> new CopyOnWriteArrayList<>());
        receivers.add(handler);
        return () -> receivers.remove(handler);
    }

    @Override
    public void close() {
        handlers.clear();
    }

    private static boolean hasOneReceiver(Topic topic) {
        return switch (topic) {
            case Topic.Work _, Topic.Completed _ -> true;
            case Topic.Health _, Topic.CacheInvalidation _ -> false;
        };
    }
}
