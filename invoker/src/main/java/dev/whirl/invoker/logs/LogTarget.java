package dev.whirl.invoker.logs;

import java.io.IOException;

/// Takes log lines, each a line of JSON. Used by one thread.
interface LogTarget extends AutoCloseable {
    /// @throws IOException if it can't take them now; then none or some of them were taken
    void write(byte[] lines) throws IOException;

    @Override
    void close() throws IOException;
}
