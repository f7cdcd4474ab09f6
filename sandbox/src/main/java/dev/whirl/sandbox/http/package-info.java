/// Sandboxes that are containers whose runtime speaks HTTP, as far as they are the same whoever
/// runs them: init and run, one request at a time on a connection, answers bounded in size and
/// time; and their life from start to end.
///
/// - **Enter at** [dev.whirl.sandbox.http.ContainerSandbox], which a backend completes;
///   [dev.whirl.sandbox.http.HttpRuntime] for the runtime in it,
///   [dev.whirl.sandbox.http.ResponseReader] for any other answer.
/// - **Rules:** whoever answers is hostile: nothing that is announced makes memory be taken, only
///   what arrives.
/// - **Must not know:** who started a container, and how.
@NullMarked
package dev.whirl.sandbox.http;

import org.jspecify.annotations.NullMarked;
