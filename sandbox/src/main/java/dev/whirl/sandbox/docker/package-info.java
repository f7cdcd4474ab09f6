/// Sandboxes that are containers of a Docker engine beside this process.
///
/// - **Enter at** [dev.whirl.sandbox.docker.DockerSandboxes].
/// - **Rules:** every operation is a request to the engine's socket, never a program; so many at a time as the
///   configuration says. What runs in a container is hostile, and so is what it answers.
/// - **Must not know:** the runtimes' own wire, processes of this machine but for what the kernel tells of a
///   container's.
@NullMarked
package dev.whirl.sandbox.docker;

import org.jspecify.annotations.NullMarked;
