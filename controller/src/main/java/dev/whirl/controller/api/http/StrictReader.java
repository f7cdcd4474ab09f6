package dev.whirl.controller.api.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.RequestException;
import java.util.function.Supplier;

/// Reads requests as the server does, but takes no other two bytes for the end of a chunk: the server skips what stands
/// behind its data without a look, so that it and a proxy before it could disagree on where a request ends (attack 40).
/// Used by one thread.
final class StrictReader extends DataReader {
    private static final int LINE_END = 2;

    private boolean isAfterData;

    /// There is no other way to be a reader. The compiler tells when the library takes it away.
    @SuppressWarnings("removal")
    StrictReader(Supplier<byte[]> source) {
        super(source);
    }

    @Override
    public BufferData readBuffer(int length) {
        isAfterData = false; // the data is skipped too, once it is read
        BufferData data = super.readBuffer(length);
        isAfterData = true;
        return data;
    }

    @Override
    public void skip(int length) {
        boolean isEndOfChunk = isAfterData && length == LINE_END;
        isAfterData = false;
        if (!isEndOfChunk) {
            super.skip(length);
        } else if (read() != '\r' || read() != '\n') {
            throw RequestException.builder()
                    .type(EventType.BAD_REQUEST)
                    .message("a chunk goes on beyond its length")
                    .build();
        }
    }
}
