/// Who calls, and what they may do.
///
/// - **Enter at** [dev.whirl.controller.access.Authenticator] with credentials, then
///   [dev.whirl.controller.access.Gate] with what is asked for.
/// - **Rules:** the order is rate, concurrency, entitlement (row R-153), decided by
///   [dev.whirl.controller.access.Access].
/// - **Must not know:** routes, bodies, how invocations run.
@NullMarked
package dev.whirl.controller.access;

import org.jspecify.annotations.NullMarked;
