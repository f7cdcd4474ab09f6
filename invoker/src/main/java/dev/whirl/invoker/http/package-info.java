/// What an operator asks an invoker over HTTP: whether it lives, how its pool stands, to take work or not.
///
/// - **Enter at** [dev.whirl.invoker.http.InvokerServer].
/// - **Rules:** everything but `/ping` needs the operator's credentials.
/// - **Must not know:** the REST API of users.
@NullMarked
package dev.whirl.invoker.http;

import org.jspecify.annotations.NullMarked;
