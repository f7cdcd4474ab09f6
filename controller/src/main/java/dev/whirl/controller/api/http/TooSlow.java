package dev.whirl.controller.api.http;

import dev.whirl.model.ErrorCode;
import dev.whirl.model.TransactionId;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import java.nio.charset.StandardCharsets;

/// The answer to somebody whose body does not come. It is written past the server, whose thread is still reading and
/// can only be woken by closing the socket; nothing else is on its way back at that time.
final class TooSlow {
    private TooSlow() {}

    /// Blocks as long as the sender takes nothing.
    static void answer(Arrivals.Reading reading, TransactionId transaction) {
        DataWriter wayBack = reading.wayBack();
        if (wayBack == null) {
            return;
        }
        byte[] body = ErrorEnvelope.json(ErrorCode.REQUEST_TIMEOUT.sentence(), transaction)
                .toBytes();
        String head = "HTTP/1.1 408 Request Timeout\r\nContent-Type: " + Answer.JSON
                + "\r\nContent-Length: " + body.length
                + "\r\nX-Request-ID: " + transaction.value()
                + "\r\nConnection: close\r\n\r\n";
        wayBack.writeNow(BufferData.create(head.getBytes(StandardCharsets.ISO_8859_1)), BufferData.create(body));
    }
}
