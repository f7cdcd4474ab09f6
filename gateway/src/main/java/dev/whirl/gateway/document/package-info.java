/// API documents: Swagger 2.0 with the gateway's extensions (row G-4) and OpenAPI 3, and what is served of them.
///
/// - **Enter at** [dev.whirl.gateway.document.ApiReader].
/// - **Rules:** everything that could go wrong with a document goes wrong here, with a sentence that names the place.
@NullMarked
package dev.whirl.gateway.document;

import org.jspecify.annotations.NullMarked;
