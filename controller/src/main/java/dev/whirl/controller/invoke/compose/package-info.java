/// Sequences and compositions: actions that are made of calls of other actions (rows ).
///
/// - **Enter at** [dev.whirl.controller.invoke.compose.Compositions], which opens an
///   [dev.whirl.controller.invoke.compose.Execution]: a loop over a stack of levels, one for each sequence or
///   composition that is under way inside of another.
/// - **Rules:** a level decides what comes next and touches nothing; the execution calls the steps, one at a time,
///   and hands over the records. What goes in circles ends at a bound of depth or of calls.
/// - **Must not know:** HTTP, the journal, how a step gets to an invoker.
@NullMarked
package dev.whirl.controller.invoke.compose;

import org.jspecify.annotations.NullMarked;
