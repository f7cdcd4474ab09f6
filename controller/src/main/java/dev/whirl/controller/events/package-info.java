/// What users' activations came to, told to other programs and counted by action (rows I-9, I-44). Off by default.
///
/// - **Enter at** [dev.whirl.controller.events.UserEvents].
/// - **Rules:** nobody waits for an event: what can't be told in time is dropped and counted.
/// - **Must not know:** HTTP, how invocations run.
@NullMarked
package dev.whirl.controller.events;

import org.jspecify.annotations.NullMarked;
