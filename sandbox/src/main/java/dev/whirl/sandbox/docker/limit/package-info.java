/// What the kernel tells of a container whose processes run on this machine.
///
/// - **Enter at** [dev.whirl.sandbox.docker.limit.ContainerGroup].
/// - **Must not know:** the engine.
@NullMarked
package dev.whirl.sandbox.docker.limit;

import org.jspecify.annotations.NullMarked;
