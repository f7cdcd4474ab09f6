package dev.whirl.bench.load;

import java.io.Closeable;
import java.io.IOException;

/// One connection that makes the same call again and again, one at a time. Used by one thread; only
/// [Caller#close] may come from another one, and ends a call in flight with an exception.
public interface Caller extends Closeable {
    /// Makes one call and waits for its whole answer: the status.
    int call() throws IOException;

    /// Opens one connection for each worker of a load.
    @FunctionalInterface
    interface Source {
        Caller open() throws IOException;
    }
}
