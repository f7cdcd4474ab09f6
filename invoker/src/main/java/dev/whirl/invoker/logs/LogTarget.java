package dev.whirl.invoker.logs;

import java.io.IOException;

/// Takes log lines, each a line of JSON. Written by one thread; anybody may close it.
interface LogTarget extends AutoCloseable {
    /// Takes whole lines, or none: what can't be taken now is given once more, so half a line must not stay.
    ///
    /// @throws IOException if it can't take them now
    void write(byte[] lines) throws IOException;

    @Override
    void close() throws IOException;
}
