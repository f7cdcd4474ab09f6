/// Init and run over HTTP, as far as containers and engines need it: one request at a time on a connection, answers
/// bounded in size and time.
///
/// - **Enter at** [dev.whirl.sandbox.http.HttpRuntime] for a runtime in a container, and
///   [dev.whirl.sandbox.http.ResponseReader] for any other answer.
/// - **Rules:** whoever answers is hostile: nothing that is announced makes memory be taken, only what arrives.
/// - **Must not know:** who started a container, and how.
@NullMarked
package dev.whirl.sandbox.http;

import org.jspecify.annotations.NullMarked;
