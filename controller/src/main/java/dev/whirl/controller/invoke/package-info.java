/// Invoking actions and waiting for what comes out.
///
/// - **Enter at** [dev.whirl.controller.invoke.Invocations], which decides: one action runs in
///   [dev.whirl.controller.invoke.SingleRuns], what is made of others in [dev.whirl.controller.invoke.ComposedRuns].
/// - **Rules:** accepted means recorded (design, decision 7): what gets a 202 is in the journal first. Whoever
///   waits is registered before the message is published, since the answer may come at once.
/// - **Must not know:** HTTP.
@NullMarked
package dev.whirl.controller.invoke;

import org.jspecify.annotations.NullMarked;
