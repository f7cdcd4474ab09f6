/// The network of sandboxes that may reach the API and the outside, and nothing of this machine or near it.
///
/// - **Enter at** [dev.whirl.sandbox.process.network.FilteredNetwork]: it wraps the command line of a sandbox.
/// - **Rules:** what is forbidden is forbidden by the kernel, in a namespace that the code in the sandbox has no power
///   over; the process that carries packets is trusted with nothing.
/// - **Must not know:** what is started inside.
@NullMarked
package dev.whirl.sandbox.process.network;

import org.jspecify.annotations.NullMarked;
