/// The Docker Engine API over the engine's Unix socket.
///
/// - **Enter at** [dev.whirl.sandbox.docker.engine.Engine].
/// - **Rules:** each request has a timeout, each answer a bound.
/// - **Must not know:** sandboxes.
@NullMarked
package dev.whirl.sandbox.docker.engine;

import org.jspecify.annotations.NullMarked;
