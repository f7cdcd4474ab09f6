package dev.whirl.sandbox.process.output;

import dev.whirl.sandbox.CollectedLogs.Stream;
import dev.whirl.sandbox.output.LineSplitter;
import dev.whirl.sandbox.process.system.Posix;
import java.io.IOException;
import java.nio.file.Path;

/// The reading end of one named pipe, and the line that is still open in it. Guarded by its [SandboxOutput].
final class OutputPipe {
    /// A process may enlarge its pipe to this, so more than that was not in it when the reply was sent.
    private static final int MAX_PIPE_BYTES = 1 << 20;

    private final Stream stream;
    private final int descriptor;
    private final LineSplitter splitter = new LineSplitter();
    private boolean isAtEnd;

    private OutputPipe(Stream stream, int descriptor) {
        this.stream = stream;
        this.descriptor = descriptor;
    }

    /// Makes the pipe and opens it, before anybody writes.
    static OutputPipe create(Stream stream, Path path) throws IOException {
        Posix.makePipe(path);
        return new OutputPipe(stream, Posix.openForReading(path));
    }

    Stream stream() {
        return stream;
    }

    int descriptor() {
        return descriptor;
    }

    boolean isAtEnd() {
        return isAtEnd;
    }

    LineSplitter splitter() {
        return splitter;
    }

    /// Reads until it is empty, or once all that can have been in it was read.
    ///
    /// @return how much there was, in bytes
    int drain(DrainBuffer buffer, LineSplitter.Sink sink) {
        int total = 0;
        while (total < MAX_PIPE_BYTES) {
            int count = readOnce(buffer, sink);
            total += count;
            if (count < buffer.sizeBytes()) {
                return total; // a pipe gives all it has, up to the size of the buffer
            }
        }
        return total;
    }

    /// Reads once; gives how much there was.
    int readOnce(DrainBuffer buffer, LineSplitter.Sink sink) {
        int count = buffer.read(descriptor);
        if (count == 0 || count == Posix.BROKEN) {
            isAtEnd = true;
        }
        if (count > 0) {
            splitter.feed(buffer.bytes(), count, sink);
        }
        return Math.max(0, count);
    }

    void close() {
        Posix.close(descriptor);
    }
}
