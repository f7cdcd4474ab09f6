/// The load harness: measures a running platform from outside and prints what it found.
///
/// - **Enter at** [Main].
/// - **Rules:** only loopback addresses are called, and from a pod services of its cluster; every loop is bounded in
/// count and in time; what was created
///   on a server is deleted again; only processes that were started here are stopped.
/// - **Must not know:** any class of the server. A platform is an address, a key and a process id.
@NullMarked
package dev.whirl.bench;

import org.jspecify.annotations.NullMarked;
