package dev.whirl.runtime.java;

import java.io.IOException;
import java.util.Optional;

/// Where requests come from and answers go, one at a time. For one thread, which the action may
/// interrupt.
interface Requests extends AutoCloseable {
    /// From now on requests may come.
    ///
    /// @param document what runtime this is, as JSON
    void ready(byte[] document) throws IOException;

    /// Waits for the next request; empty when the server is gone.
    Optional<Wire.Frame> receive() throws IOException;

    /// Answers the request of that number, which was the last.
    void reply(int number, Answer answer) throws IOException;

    @Override
    void close() throws IOException;
}
