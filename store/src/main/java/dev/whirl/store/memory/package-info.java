/// All stores in memory: for tests, and for processes that keep nothing. What was written is gone with the
/// process.
///
/// - **Enter at** [dev.whirl.store.memory.MemoryStores].
/// - **Rules:** each store is one small monitor. Times are kept in milliseconds where order depends on them,
///   as in every adapter.
@NullMarked
package dev.whirl.store.memory;

import org.jspecify.annotations.NullMarked;
