/// A whole cluster as processes on one machine: `whirl cluster up`, `status`, `down`.
///
/// - **Enter at** [dev.whirl.cluster.Main]; [dev.whirl.cluster.Blueprint] says which processes a cluster consists of.
/// - **Rules:** everything listens on loopback; passwords are in files that only their owner reads, never in a list of
///   processes; what was started is in one file, so that another run of the command finds it.
/// - **Must not know:** the code of the servers; they are programs here.
@NullMarked
package dev.whirl.cluster;

import org.jspecify.annotations.NullMarked;
