/// Creating, reading and deleting APIs: the state of the gateway, and who changes it.
///
/// - **Enter at** [dev.whirl.gateway.manage.ApiManagement] for users, [dev.whirl.gateway.manage.Management] for
///   operators; both change [dev.whirl.gateway.manage.Apis].
/// - **Rules:** nothing is stored that can't be served.
@NullMarked
package dev.whirl.gateway.manage;

import org.jspecify.annotations.NullMarked;
