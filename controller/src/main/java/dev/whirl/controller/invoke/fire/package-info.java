/// Firing triggers: one event sets off the actions of all active rules.
///
/// - **Enter at** [dev.whirl.controller.invoke.fire.Firing].
/// - **Rules:** everything is decided before the answer: which actions run, and why others do not. What was decided is
///   durable in one step, with the record of the trigger; only then anything runs.
/// - **Must not know:** HTTP.
@NullMarked
package dev.whirl.controller.invoke.fire;

import org.jspecify.annotations.NullMarked;
