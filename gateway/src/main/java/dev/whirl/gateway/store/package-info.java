/// Port: where API documents and subscriptions are kept.
///
/// - **Enter at** [dev.whirl.gateway.store.ApiStore].
/// - **Rules:** everything is read at once and kept in memory by whoever reads it; writes are durable on return.
@NullMarked
package dev.whirl.gateway.store;

import org.jspecify.annotations.NullMarked;
