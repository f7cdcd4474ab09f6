package dev.whirl.controller.invoke;

import dev.whirl.controller.invoke.compose.Execution;
import dev.whirl.model.message.Invocation;
import dev.whirl.model.message.InvokerId;

/// A call that everything is ready for and that is to be accepted. Whoever has it puts its invocation into the journal
/// and gives it to [Invocations#dispatchAccepted], or gives it back to [Invocations#giveUp].
public sealed interface Prepared {
    InvokeCall call();

    /// What goes into the journal.
    Invocation invocation();

    /// @param place is held until it is sent or given up
    record Single(InvokeCall call, Invocation invocation, InvokerId place) implements Prepared {}

    /// @param room is held until it ends or is given up
    record Composed(InvokeCall call, Invocation invocation, Execution execution, CompositionRoom.Held room)
            implements Prepared {}
}
