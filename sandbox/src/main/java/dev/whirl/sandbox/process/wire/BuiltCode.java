package dev.whirl.sandbox.process.wire;

import dev.whirl.sandbox.Payload;
import java.util.Optional;

/// The one file that a runtime makes of an action's source, on its way to the runtime or from it; as it
/// stands here, neither.
public interface BuiltCode {
    /// For runtimes that make nothing.
    BuiltCode NONE = new BuiltCode() {};

    /// What is sent before the init: what was made of the same source earlier, or nothing at all, which
    /// asks for what will be made. Without an offer the runtime is not asked.
    default Optional<Payload> offer() {
        return Optional.empty();
    }

    /// Whether the runtime may send what it makes.
    default boolean isAskedFor() {
        return false;
    }

    /// At most so many bytes are taken of what is just coming; 0 if there is no room for it now. Called
    /// once at most, by the thread that reads for all sandboxes.
    default int roomBytes() {
        return 0;
    }

    /// Takes what the runtime made, once at most. Called by the thread that reads for all sandboxes:
    /// returns at once.
    default void made(byte[] content) {
        throw new IllegalStateException("nobody asked");
    }
}
