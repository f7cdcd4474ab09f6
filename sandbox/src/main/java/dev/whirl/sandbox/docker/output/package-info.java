/// What containers print, told apart by activation.
///
/// - **Enter at** [dev.whirl.sandbox.docker.output.ContainerOutput].
/// - **Must not know:** frames of the engine, requests.
@NullMarked
package dev.whirl.sandbox.docker.output;

import org.jspecify.annotations.NullMarked;
