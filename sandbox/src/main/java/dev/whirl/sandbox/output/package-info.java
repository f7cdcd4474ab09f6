/// What code in a sandbox prints, cut into lines and kept per activation, however it gets here.
///
/// - **Enter at** [dev.whirl.sandbox.output.ActivationLog] and [dev.whirl.sandbox.output.LineSplitter]; for containers,
///   at [dev.whirl.sandbox.output.ContainerOutput].
/// - **Rules:** the writer is hostile. Memory is bounded by the log limits and the longest line.
/// - **Must not know:** where lines come from.
@NullMarked
package dev.whirl.sandbox.output;

import org.jspecify.annotations.NullMarked;
