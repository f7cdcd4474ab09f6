/// Decides which sandbox runs a job, and owns every sandbox of this invoker.
///
/// - **Enter at** [dev.whirl.invoker.pool.Pool#lease]; give the lease back by closing it.
/// - **Inside:** [dev.whirl.invoker.pool.PoolRules] decides (pure), [dev.whirl.invoker.pool.Dispatch] keeps the books
///   and says what is to be done, [dev.whirl.invoker.pool.Pool] holds the lock and does it.
/// - **Rules:** memory of all sandboxes never exceeds the pool's; one lock guards the books; nothing blocks under it.
///   Time is monotonic nanoseconds, so that a jump of the wall clock moves nothing.
/// - **Must not know:** messages, stores, HTTP, which backend runs the code.
@NullMarked
package dev.whirl.invoker.pool;

import org.jspecify.annotations.NullMarked;
