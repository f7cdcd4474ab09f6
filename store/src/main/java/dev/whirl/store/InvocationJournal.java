package dev.whirl.store;

import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.message.Invocation;
import java.util.List;

/// What was accepted with a 202 and has no record yet (design, decision 7). Each method is durable on return;
/// concurrent
/// calls share one sync.
///
/// | state   | event    | next                          |
/// |---------|----------|-------------------------------|
/// | –       | accept   | Accepted                      |
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

    /// Before the 202 of a blocking call that took too long: it may be running already. Without effect if its
    /// record exists.
    void acceptRunning(Invocation invocation);

    /// Before an accepted invocation is given to a sandbox.
    void started(ActivationId id);

    /// After an accepted invocation whose record is not to be kept (row R-139). Without effect if it is not in here.
    void discard(ActivationId id);

    /// Everything accepted that has no record, oldest first: read once at start, before new work comes in.
    List<Entry> unfinished();
}
