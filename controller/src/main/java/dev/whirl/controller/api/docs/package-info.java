/// Descriptions of the API, made from its table of routes.
///
/// - **Enter at** [dev.whirl.controller.api.docs.DocRoutes].
/// - **Must not know:** what the routes do.
@NullMarked
package dev.whirl.controller.api.docs;

import org.jspecify.annotations.NullMarked;
