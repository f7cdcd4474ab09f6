/// The REST API: which request goes to which handler. One file per verb and resource in the packages below.
///
/// - **Enter at** [dev.whirl.controller.api.Routes], the whole API as one table.
/// - **Must not know:** how invocations are placed and carried.
@NullMarked
package dev.whirl.controller.api;

import org.jspecify.annotations.NullMarked;
