/// The gateway behind the controller's HTTP server: what is a decision there becomes an answer here.
///
/// - **Enter at** [dev.whirl.server.gateway.ManagedEndpoint].
@NullMarked
package dev.whirl.server.gateway;

import org.jspecify.annotations.NullMarked;
