/// A small HTTP/1.1 client for measuring: prepared request bytes, one blocking connection for each caller, and a
/// reader of responses that allocates nothing on its usual way.
///
/// **Rules:** plain HTTP, to addresses that [dev.whirl.bench.http.Endpoint] lets pass.
@NullMarked
package dev.whirl.bench.http;

import org.jspecify.annotations.NullMarked;
