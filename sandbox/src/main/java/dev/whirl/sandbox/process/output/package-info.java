/// What code in a sandbox writes to stdout and stderr: reading the pipes, cutting lines, keeping them per activation.
///
/// - **Enter at** [dev.whirl.sandbox.process.output.SandboxOutput], one per sandbox, and
///   [dev.whirl.sandbox.process.output.OutputPump], one for all.
/// - **Rules:** the writer is hostile. Memory is bounded by the log limits and the longest line, work by the size of
///   a pipe per millisecond.
/// - **Must not know:** frames, processes, limits.
@NullMarked
package dev.whirl.sandbox.process.output;

import org.jspecify.annotations.NullMarked;
