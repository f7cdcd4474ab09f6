package dev.whirl.store.embedded;

import dev.whirl.store.ConflictException;
import org.rocksdb.RocksDBException;

/// One change of the database, done in full or not at all.
interface Change {
    /// Checks and adds its writes to the group. Runs on the committer's thread, after all changes before it:
    /// what it reads through the batch can't change until it is written.
    ///
    /// @throws ConflictException if the change must not be made
    void apply(Batch batch) throws RocksDBException, ConflictException;
}
