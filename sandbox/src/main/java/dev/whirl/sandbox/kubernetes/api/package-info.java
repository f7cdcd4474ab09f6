/// What is asked of a cluster's API server, and what it tells.
///
/// - **Enter at** [dev.whirl.sandbox.kubernetes.api.Cluster]; pods are followed with
///   [dev.whirl.sandbox.kubernetes.api.PodWatch].
/// - **Rules:** at most so many operations at a time as the configuration says, each in bounded time, tried again where
///   that can help. Everything that is asked is in [dev.whirl.sandbox.kubernetes.api.Permission#ALL].
/// - **Must not know:** what pods are for.
@NullMarked
package dev.whirl.sandbox.kubernetes.api;

import org.jspecify.annotations.NullMarked;
