package dev.whirl.store;

import dev.whirl.model.entity.CodeRef;

/// The code of actions, by its hash.
public interface CodeStore {
    /// A text and the reference that it will have. Nothing is kept of it yet.
    interface Offered {
        CodeRef ref();

        /// Keeps the text; durable on return. The same text twice is kept once. Text to which no
        /// entity refers after a while is removed.
        void keep();
    }

    /// Tells the reference of a text, for whoever has to know it before the text may be kept.
    ///
    /// @param text not to be changed any more
    Offered offer(byte[] text, boolean isBinary);

    /// Keeps the text, as [Offered#keep].
    default CodeRef put(byte[] text, boolean isBinary) {
        Offered offered = offer(text, isBinary);
        offered.keep();
        return offered.ref();
    }

    /// The text as it was put; its hash was checked on reading (attack 16).
    ///
    /// @throws StoreException.Corrupted if it is missing or damaged
    byte[] get(CodeRef ref);
}
