/// What the process backend needs of Linux and Java has no call for: pipes, signals, `/proc`.
///
/// - **Enter at** [dev.whirl.sandbox.process.system.Posix] and [dev.whirl.sandbox.process.system.ProcessTable].
/// - **Rules:** no call blocks, but [dev.whirl.sandbox.process.system.Posix#poll] for as long as it is told.
/// - **Must not know:** sandboxes.
@NullMarked
package dev.whirl.sandbox.process.system;

import org.jspecify.annotations.NullMarked;
