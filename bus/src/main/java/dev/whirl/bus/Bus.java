package dev.whirl.bus;

import dev.whirl.model.message.Invocation;
import dev.whirl.model.message.Message;
import dev.whirl.model.message.Topic;
import java.util.Set;
import java.util.function.Consumer;

/// Carries messages to whoever listens to their topic.
///
/// An invocation that was accepted runs at most once and is never lost: the bus remembers what became of the work
/// of each invoker, and of each controller that runs some itself ([#track]), and hands over what one has left when it
/// is
/// gone ([#takeOver]).
public interface Bus extends AutoCloseable {
    /// Hands a message over. On return the bus has taken an invocation, one that is given back, or a change of
    /// entities or identities: with a broker behind, the broker has stored it. Whatever else there is may be lost
    /// after that, and is counted then.
    ///
    /// @throws BusException if it can't be taken; then nobody gets it, unless the exception says that it is
    ///     uncertain
    void publish(Topic topic, Message message);

    /// Calls the handler with each message of a topic, in the order of publishing by one thread, maybe on the
    /// publisher's own thread. The handler returns at once: what takes time it starts on a thread of its own.
    ///
    /// @throws BusException if the topic can't be listened to, or another process has the work of this invoker
    Subscription subscribe(Topic topic, Consumer<Message> handler);

    /// Lets the receiver of an invoker's work say what became of it; before [#subscribe]. Without it, work counts
    /// as done when the handler has returned.
    ///
    /// @param left called with what an earlier process of this invoker may have started and has not ended: it gets
    ///     a terminal record, and then [Deliveries#settled]. Returns at once
    Deliveries track(Topic.Followed topic, Consumer<Invocation> left);

    /// Takes what somebody has left who has fallen silent, and what others still send to him, until he is back or the
    /// subscription is closed. Of several that try, one gets it; nobody does while its owner lives.
    ///
    /// @param handler called by one thread, and may take its time. When it returns, its invocation is done
    ///     with here; when it throws, it is called again later, with [Left.MayHaveStarted]
    Subscription takeOver(Topic.Followed topic, Consumer<Left> handler);

    /// The topics with work that exist, whether their owners live or not.
    ///
    /// @throws BusException if that can't be told now
    Set<Topic.Followed> followed();

    @Override
    void close();

    /// Ends by closing: then the handler is not called any more.
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /// What an invoker has left.
    sealed interface Left {
        Invocation invocation();

        /// Nobody has started it and nobody will: it may be placed again.
        record NotStarted(Invocation invocation) implements Left {}

        /// It may have run, to its end or not: it gets a terminal record.
        record MayHaveStarted(Invocation invocation) implements Left {}
    }
}
