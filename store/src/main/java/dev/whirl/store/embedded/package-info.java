/// The store of one machine: documents, indexes and the journal in RocksDB, code as files beside it.
///
/// - **Enter at** [dev.whirl.store.embedded.EmbeddedStores#open].
/// - **Rules:** one thread writes, [dev.whirl.store.embedded.Committer]: it checks and applies changes in
///   groups, each group with one sync, so that a check and its write are one step and no virtual thread ever
///   waits inside a sync. Rows of an index change in the same batch as their document. Readers see one point
///   in time. What may take long is read through [dev.whirl.store.embedded.LongReads], never on a virtual thread.
/// - **Must not know:** HTTP, who may do what, how actions run.
@NullMarked
package dev.whirl.store.embedded;

import org.jspecify.annotations.NullMarked;
