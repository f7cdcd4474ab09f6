/// Starting the interpreter of a runtime: finding it, describing its box to bubblewrap, the system calls that it may
/// not make, and the process itself.
///
/// - **Enter at** [dev.whirl.sandbox.process.launch.InstalledRuntimes] for what can run here,
///   [dev.whirl.sandbox.process.launch.Launch] for one start, [dev.whirl.sandbox.process.launch.Spawner] to do it.
/// - **Rules:** command lines are lists; no text of a user or of a runtime's description is ever read by a shell.
///   Nothing of the server's environment goes in.
/// - **Must not know:** the wire, activations.
@NullMarked
package dev.whirl.sandbox.process.launch;

import org.jspecify.annotations.NullMarked;
