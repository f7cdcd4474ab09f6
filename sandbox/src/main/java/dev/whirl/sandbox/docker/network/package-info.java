/// The packet filter between containers and what they must not reach.
///
/// - **Enter at** [dev.whirl.sandbox.docker.network.NetworkFilter].
/// - **Must not know:** containers.
@NullMarked
package dev.whirl.sandbox.docker.network;

import org.jspecify.annotations.NullMarked;
