package dev.whirl.bench.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseReaderTest {
    private static final String FIXED =
            "HTTP/1.1 200 OK\r\nDate: now\r\nContent-Length: 5\r\nConnection: keep-alive\r\n\r\nhello";
    private static final String CHUNKED =
            "HTTP/1.1 202 Accepted\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\nT: x\r\n\r\n";
    private static final String EMPTY = "HTTP/1.1 204 No Content\r\n\r\n";

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 100, 100_000})
    void responsesThatFollowEachOtherAreCutApartHoweverTheyArrive(int piece) throws IOException {
        var reader = reader(FIXED + CHUNKED + EMPTY + FIXED, piece);

        assertThat(read(reader)).isEqualTo("200 hello");
        assertThat(read(reader)).isEqualTo("202 abc0123456789");
        assertThat(read(reader)).isEqualTo("204 ");
        assertThat(read(reader)).isEqualTo("200 hello");
        assertThat(reader.isLast()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 16 * 1024, 1_000_000})
    void aBodyLargerThanTheBufferIsReadToItsEnd(int size) throws IOException {
        String body = "x".repeat(size);
        var reader = reader("HTTP/1.1 200 OK\r\nContent-Length: " + size + "\r\n\r\n" + body + FIXED, 5000);

        assertThat(read(reader)).isEqualTo("200 " + body);
        assertThat(read(reader)).isEqualTo("200 hello");
    }

    @Test
    void aConnectionThatWillBeClosedIsNoticed() throws IOException {
        var reader = reader("HTTP/1.1 502 Bad\r\nConnection: Close\r\nCONTENT-LENGTH:  2 \r\n\r\n{}", 100);

        assertThat(read(reader)).isEqualTo("502 {}");
        assertThat(reader.isLast()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HELLO\r\n\r\n",
                "HTTP/1.1 abc OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\n\r\nbody until the end",
                "HTTP/1.1 200 OK\r\nContent-Length: twelve\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n0\r\n\r\n"
            })
    void whatIsNotAResponseIsRefused(String text) {
        assertThatThrownBy(() -> read(reader(text, 100))).isInstanceOf(ProtocolException.class);
    }

    @Test
    void headersWithoutEndAreRefused() {
        assertThatThrownBy(() -> read(reader("HTTP/1.1 200 " + "x".repeat(100_000), 5000)))
                .isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> read(reader("HTTP/1.1 200 OK\r\n" + "A: b\r\n".repeat(1000), 5000)))
                .isInstanceOf(ProtocolException.class);
    }

    @Test
    void aConnectionCutHalfWayIsAnEnd() {
        assertThatThrownBy(() -> read(reader("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", 100)))
                .isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> read(reader("", 100))).isInstanceOf(EOFException.class);
    }

    private static String read(ResponseReader reader) throws IOException {
        var body = new ByteArrayOutputStream();
        int status = reader.read(body);
        return status + " " + body.toString(UTF_8);
    }

    private static ResponseReader reader(String text, int piece) {
        return new ResponseReader(new Pieces(ByteBuffer.wrap(text.getBytes(UTF_8)), piece));
    }

    /// A connection that delivers at most so many bytes at a time.
    private record Pieces(ByteBuffer bytes, int piece) implements ReadableByteChannel {
        @Override
        public int read(ByteBuffer into) {
            if (!bytes.hasRemaining()) {
                return -1;
            }
            int count = Math.min(piece, Math.min(bytes.remaining(), into.remaining()));
            into.put(bytes.slice(bytes.position(), count));
            bytes.position(bytes.position() + count);
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
