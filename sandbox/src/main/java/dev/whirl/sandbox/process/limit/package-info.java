/// Limits on what a sandbox takes from the machine: memory, processes, processor time; freezing and killing it whole.
///
/// - **Enter at** [dev.whirl.sandbox.process.limit.ControlGroups#detect] and
///   [dev.whirl.sandbox.process.limit.ResourceWatch].
/// - **Rules:** nothing here waits for a process; what can't be done yet says so and is tried again by the caller.
/// - **Must not know:** what runs in a group.
@NullMarked
package dev.whirl.sandbox.process.limit;

import org.jspecify.annotations.NullMarked;
