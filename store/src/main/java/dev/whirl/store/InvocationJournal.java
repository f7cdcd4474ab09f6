package dev.whirl.store;

import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.message.Invocation;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What was accepted with a 202 and has no record yet (design, decision 7). Each method is durable on return;
/// concurrent
/// calls share one sync.
///
/// | state   | event    | next                          |
/// |---------|----------|-------------------------------|
/// | –       | accept, acceptAll | Accepted             |
/// | –       | acceptRunning | Started                  |
/// | Accepted| started  | Started                       |
/// | any     | [Activations#record] | – (its record exists) |
/// | any     | discard  | – (no record is wanted)       |
public interface InvocationJournal {
    /// What was found after a crash.
    ///
    /// @param mayHaveStarted then it must not run again
    record Entry(Invocation invocation, boolean mayHaveStarted) {}

    /// Before the 202 of a call that has not been sent to an invoker yet.
    void accept(Invocation invocation);

    /// Before the 202 of one request that sets off several: all of them, and a record that tells of them, or none.
    ///
    /// @param record of a new id; null if there is none to be kept
    void acceptAll(List<Invocation> invocations, @Nullable Activation record);

    /// Before the 202 of a blocking call that took too long: it may be running already. Without effect if its
    /// record exists.
    void acceptRunning(Invocation invocation);

    /// Before an accepted invocation is given to a sandbox.
    ///
    /// @return false if somebody else has it by now: it must not run here, and leaves no record here
    boolean started(ActivationId id);

    /// As [#accept], for what another process accepted and left: it waits here until it can be sent.
    default void acceptHere(Invocation invocation) {
        accept(invocation);
    }

    /// Before an accepted invocation that waited here is sent to an invoker.
    ///
    /// @return false if somebody else has it by now: it must not be sent
    default boolean sending(ActivationId id) {
        return true;
    }

    /// An accepted invocation that waited here is with an invoker.
    default void sent(ActivationId id) {}

    /// After an accepted invocation whose record is not to be kept (row R-139). Without effect if it is not in
    /// here.
    void discard(ActivationId id);

    /// The next of what was accepted and has no record, oldest first. A page ends early where arguments are large,
    /// after about 8 MB of them, but has one entry at least unless there are no more.
    ///
    /// @param after the last entry of the page before, whether it is still in here or not; null for the first page
    /// @param limit most entries, one at least
    List<Entry> unfinished(@Nullable Entry after, int limit);

    /// What was accepted under this id, if it has no record and can be read.
    Optional<Entry> find(ActivationId id);
}
