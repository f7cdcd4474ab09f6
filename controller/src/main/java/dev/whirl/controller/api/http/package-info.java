/// The transport: from bytes to a request that a handler can read, and back. The HTTP server is known here
/// only.
///
/// - **Enter at** [dev.whirl.controller.api.http.HttpListener].
/// - **Rules:** every wait and every buffer is bounded; every answer has a transaction id; every error is an
///   envelope.
/// - **Must not know:** actions, activations.
@NullMarked
package dev.whirl.controller.api.http;

import org.jspecify.annotations.NullMarked;
