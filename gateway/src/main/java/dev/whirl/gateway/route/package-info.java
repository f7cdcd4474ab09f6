/// Which operation a request is for.
///
/// - **Enter at** [dev.whirl.gateway.route.RouteTable].
/// - **Rules:** tables never change; a change of one tenant's APIs makes that tenant's part anew. A path that different
///   programs would read differently is refused, never repaired.
@NullMarked
package dev.whirl.gateway.route;

import org.jspecify.annotations.NullMarked;
