package dev.whirl.sandbox.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.common.time.Deadlines;
import dev.whirl.model.json.RawJson;
import dev.whirl.sandbox.Payload;
import dev.whirl.sandbox.http.ContainerCalls.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Requests to an address that may be somebody else's by now.
@Timeout(30)
class ContainerCallsTest {
    private static final Payload SECRET = new Payload.Whole(RawJson.object("password", RawJson.string("secret")));

    private final Deadlines deadlines = Deadlines.started("container-deadlines");
    private final Listener listener = new Listener();
    private final TestLife life = new TestLife();
    private final ContainerCalls calls = new ContainerCalls(listener.address(), life, Duration.ofSeconds(5), deadlines);

    @AfterEach
    void close() throws IOException {
        calls.close();
        listener.socket.close();
        deadlines.close();
    }

    @Test
    @Tag("attack-1")
    void whoHasTheAddressOfADeadContainerIsSentNothing() throws Exception {
        life.isOver = true;

        Outcome outcome = post();

        assertThat(outcome).isInstanceOf(Outcome.Unreached.class);
        assertThat(listener.received.take().join()).isEmpty();
        assertThat(calls.isListening(soon())).isFalse();
    }

    @Test
    void aKeptConnectionIsUsedWithoutAskingAgain() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(post()).isInstanceOf(Outcome.Answered.class);
        }

        assertThat(life.questions).containsExactly(listener.address());
    }

    @Test
    void whatIsClosedWhileTheLifeIsAskedIsSentNothing() throws Exception {
        life.whenAsked = calls::close;

        assertThat(post()).isInstanceOf(Outcome.Unreached.class);
        assertThat(listener.received.take().join()).isEmpty();
    }

    private Outcome post() throws InterruptedException {
        return calls.post("/run", 1, SECRET, 1_000, soon());
    }

    private static long soon() {
        return System.nanoTime() + Duration.ofSeconds(10).toNanos();
    }

    /// Answers each request, and keeps what it got.
    private static final class Listener {
        private static final byte[] ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}".getBytes(UTF_8);

        private final ServerSocket socket;
        private final BlockingQueue<CompletableFuture<String>> received = new LinkedBlockingQueue<>();

        Listener() {
            try {
                socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            Thread.ofVirtual().start(this::serve);
        }

        InetSocketAddress address() {
            return new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort());
        }

        private void serve() {
            while (!socket.isClosed()) {
                try {
                    Socket accepted = socket.accept();
                    var all = new CompletableFuture<String>();
                    received.add(all);
                    Thread.ofVirtual().start(() -> all.complete(answerAll(accepted)));
                } catch (IOException e) {
                    return; // closed
                }
            }
        }

        /// @return what came until the end
        private static String answerAll(Socket accepted) {
            var all = new StringBuilder();
            byte[] part = new byte[4_096];
            try (accepted) {
                int count = accepted.getInputStream().read(part);
                while (count > 0) {
                    all.append(new String(part, 0, count, UTF_8));
                    if (all.toString().endsWith("}")) {
                        accepted.getOutputStream().write(ANSWER);
                    }
                    count = accepted.getInputStream().read(part);
                }
            } catch (IOException e) {
                // the other side is gone
            }
            return all.toString();
        }
    }
}
