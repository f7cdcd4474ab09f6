package dev.whirl.bus;

import dev.whirl.model.message.Message;
import dev.whirl.model.message.Topic;
import java.util.function.Consumer;

/// Carries messages to whoever listens to their topic.
public interface Bus extends AutoCloseable {
    /// Hands a message over. On return the bus has taken it: with a broker behind, the broker has stored it.
    ///
    /// @throws BusException if it can't be taken; then nobody gets it
    void publish(Topic topic, Message message);

    /// Calls the handler with each message of a topic, in the order of publishing by one thread, maybe on the
    /// publisher's own thread. The handler returns at once: what takes time it starts on a thread of its own.
    Subscription subscribe(Topic topic, Consumer<Message> handler);

    @Override
    void close();

    /// Ends by closing: then the handler is not called any more.
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
