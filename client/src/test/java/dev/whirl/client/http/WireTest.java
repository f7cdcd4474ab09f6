package dev.whirl.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// One connection whose buffers are so small that a body waits for somebody to read it.
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class WireTest {
    private static final byte[] HEAD = "PUT / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int PART_BYTES = 64 * 1024; // in which a body is written

    @ParameterizedTest
    @ValueSource(ints = {24 * 1024, 64 * 1024, 300 * 1024})
    void aServerThatReadsNothingIsLeftWhateverTheSizeOfTheBody(int bytes) throws IOException {
        try (ServerSocket listener = listener();
                Socket socket = connected(listener);
                Socket _ = listener.accept()) {
            var wire = new Wire(socket, socket, Duration.ofMillis(200), System::nanoTime);

            assertThatThrownBy(() -> wire.exchange(HEAD, put(new byte[bytes]), false, CallListener.NONE))
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessage("the server reads nothing any more");
        }
    }

    /// Each part is read within the patience, all of them are not.
    @Test
    void aServerThatGoesOnReadingIsHeard() throws Exception {
        try (ServerSocket listener = listener();
                Socket socket = connected(listener);
                Socket server = listener.accept()) {
            var patience = Duration.ofSeconds(1);
            var wire = new Wire(socket, socket, patience, System::nanoTime);
            var body = new byte[8 * PART_BYTES];
            Thread reader = Thread.ofVirtual().start(() -> answerSlowly(server, HEAD.length + body.length));
            long start = System.nanoTime();

            HttpReply reply = wire.exchange(HEAD, put(body), false, CallListener.NONE);

            reader.join();
            assertThat(reply.status()).isEqualTo(200);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(patience);
        }
    }

    /// Takes its time for each part.
    private static void answerSlowly(Socket server, int bytes) {
        try {
            for (int left = bytes; left > 0; left -= PART_BYTES) {
                LockSupport.parkNanos(150_000_000);
                server.getInputStream().skipNBytes(Math.min(left, PART_BYTES));
            }
            server.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException _) {
            // the test sees it
        }
    }

    /// Neither an answer before it nor an interim one makes an answer slow that comes when their patience is over.
    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", "HTTP/1.1 102 Processing\r\n\r\n"})
    void eachAnswerHasPatienceOfItsOwn(String first) throws IOException {
        var clock = new AtomicLong();
        try (Socket socket = speaking(clock, first, "HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\nok")) {
            var wire = new Wire(socket, socket, Duration.ofSeconds(5), clock::get);

            HttpReply reply = wire.exchange(HEAD, put(new byte[0]), false, CallListener.NONE);
            if (reply.status() == 200) {
                reply = wire.exchange(HEAD, put(new byte[0]), false, CallListener.NONE);
            }

            assertThat(reply.status()).isEqualTo(201);
            assertThat(new String(reply.body(), StandardCharsets.US_ASCII)).isEqualTo("ok");
        }
    }

    /// What is said in parts, a minute apart.
    private static Socket speaking(AtomicLong clock, String... parts) {
        Queue<String> left = new ArrayDeque<>(List.of(parts));
        var in = new InputStream() {
            @Override
            public int read() {
                throw new IllegalStateException("it is read in blocks");
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                String part = left.poll();
                if (part == null) {
                    return -1;
                }
                clock.addAndGet(Duration.ofMinutes(1).toNanos());
                byte[] bytes = part.getBytes(StandardCharsets.US_ASCII);
                System.arraycopy(bytes, 0, target, offset, bytes.length);
                return bytes.length;
            }
        };
        return new Socket() {
            @Override
            public InputStream getInputStream() {
                return in;
            }

            @Override
            public OutputStream getOutputStream() {
                return OutputStream.nullOutputStream();
            }
        };
    }

    private static HttpCall put(byte[] body) {
        return new HttpCall("PUT", "/", "/", new LinkedHashMap<>(), body);
    }

    private static ServerSocket listener() throws IOException {
        var listener = new ServerSocket();
        listener.setReceiveBufferSize(2 * 1024);
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return listener;
    }

    private static Socket connected(ServerSocket listener) throws IOException {
        var socket = new Socket();
        socket.setSendBufferSize(4 * 1024);
        socket.connect(listener.getLocalSocketAddress());
        return socket;
    }
}
