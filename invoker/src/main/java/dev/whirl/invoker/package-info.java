/// Half 2 of the platform: runs invocations in sandboxes and records them.
///
/// - **Enter at** [dev.whirl.invoker.Invoker]. One invocation from top to bottom:
///   [dev.whirl.invoker.InvocationTask#run].
/// - **Inside:** `pool` decides which sandbox runs a job, `run` sends it there and judges the reply, `logs` words the
///   log lines.
/// - **Rules:** each invocation that comes in ends in exactly one result message, one record (unless records are
///   switched off) and one slot-free message. The result goes out before logs and record.
/// - **Must not know:** the controller, HTTP, which backend runs the code, which store keeps the records.
@NullMarked
package dev.whirl.invoker;

import org.jspecify.annotations.NullMarked;
