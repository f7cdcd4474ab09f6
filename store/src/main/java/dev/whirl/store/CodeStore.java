package dev.whirl.store;

import dev.whirl.model.entity.CodeRef;

/// The code of actions, by its hash.
public interface CodeStore {
    /// Keeps the text; durable on return. The same text twice is kept once. Text to which no entity refers after
    /// a while
    /// is removed.
    CodeRef put(byte[] text, boolean isBinary);

    /// The text as it was put; its hash was checked on reading (attack 16).
    ///
    /// @throws StoreException.Corrupted if it is missing or damaged
    byte[] get(CodeRef ref);
}
