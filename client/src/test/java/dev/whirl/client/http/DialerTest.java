package dev.whirl.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.client.ApiAddress;
import dev.whirl.client.ProxyAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DialerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final ApiAddress SERVER = ApiAddress.parse("https://whirl.example", "v1");

    private ServerSocket listener;

    @BeforeEach
    void listen() throws IOException {
        listener = new ServerSocket(0, 10, loopback(1));
    }

    @AfterEach
    void close() throws IOException {
        listener.close();
    }

    @Test
    void anAddressThatTakesNoConnectionIsFollowedByTheNextOne() throws IOException {
        List<InetAddress> addresses = List.of(loopback(2), loopback(1));

        try (Socket socket = Dialer.connected(addresses, listener.getLocalPort(), PATIENCE)) {
            assertThat(socket.getInetAddress()).isEqualTo(addresses.getLast());
        }
        assertThatThrownBy(() -> Dialer.connected(addresses.subList(0, 1), listener.getLocalPort(), PATIENCE))
                .isInstanceOf(ConnectException.class);
    }

    @Test
    void aProxyIsAskedForATunnelToTheServer() throws Exception {
        CompletableFuture<String> asked = answer("HTTP/1.1 200 Connection established\r\n\r\n");

        try (Socket socket = dialer().dial()) {
            assertThat(asked.get(5, TimeUnit.SECONDS))
                    .isEqualTo(
                            "CONNECT whirl.example:443 HTTP/1.1|Host: whirl.example:443|Proxy-Authorization: Basic YTpi|");
            socket.getOutputStream().write('?');
            assertThat(socket.getInputStream().read())
                    .as("the server's first byte")
                    .isEqualTo('x');
        }
    }

    @Test
    void aProxyThatRefusesIsNamed() {
        CompletableFuture<String> asked =
                answer("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n");

        assertThatThrownBy(dialer()::dial)
                .hasMessage("the proxy http://127.0.0.1:%d answers with status 407".formatted(listener.getLocalPort()));
        assertThat(asked).isCompleted();
    }

    @Test
    void aProxyThatIsNotThereIsNamed() throws IOException {
        Dialer dialer = dialer();
        listener.close();

        assertThatThrownBy(dialer::dial)
                .hasMessageStartingWith("the proxy http://127.0.0.1:")
                .hasMessageContaining(" is not reached: ");
    }

    private static InetAddress loopback(int last) throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
    }

    private Dialer dialer() {
        return new Dialer(SERVER, new ProxyAddress("127.0.0.1", listener.getLocalPort(), "a:b"), PATIENCE);
    }

    /// Takes one connection, answers a request, and says `x` when it is spoken to then.
    private CompletableFuture<String> answer(String text) {
        var asked = new CompletableFuture<String>();
        Thread.ofVirtual().start(() -> {
            try (Socket socket = listener.accept()) {
                var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
                var request = new StringBuilder();
                for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                    request.append(line).append('|');
                }
                asked.complete(request.toString());
                socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
                if (in.read() >= 0) {
                    socket.getOutputStream().write('x');
                }
            } catch (IOException e) {
                asked.completeExceptionally(e);
            }
        });
        return asked;
    }
}
