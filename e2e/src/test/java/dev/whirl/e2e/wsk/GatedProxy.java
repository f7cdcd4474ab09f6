package dev.whirl.e2e.wsk;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Stands before a server and decides of each request whether, and when, it goes through. The connection of one that
/// does not breaks.
final class GatedProxy implements AutoCloseable {
    private static final Pattern REQUEST = Pattern.compile("(GET|PUT|POST|DELETE) ");
    private static final long DEADLINE_SECONDS = 60;

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int port;
    private final Gate gate;

    /// Lets requests through.
    private interface Gate {
        /// @param method of the request
        /// @return whether it goes through
        boolean opens(String method) throws InterruptedException;
    }

    private GatedProxy(int port, Gate gate) throws IOException {
        this.port = port;
        this.gate = gate;
        Thread.ofVirtual().start(this::accept);
    }

    /// Lets some requests through and no more, as a network does that goes away.
    static GatedProxy failingAfter(int requests, int port) throws IOException {
        var left = new AtomicInteger(requests);
        return new GatedProxy(port, _ -> left.getAndDecrement() > 0);
    }

    /// Holds whatever is put until something else is put, too: both go on at the same moment.
    static GatedProxy pairingFirstPuts(int port) throws IOException {
        var both = new CountDownLatch(2);
        return new GatedProxy(port, method -> {
            if (!method.equals("PUT")) {
                return true;
            }
            both.countDown();
            return both.await(DEADLINE_SECONDS, TimeUnit.SECONDS);
        });
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                Thread.ofVirtual().start(() -> forward(client));
            }
        } catch (IOException _) {
            // closed
        }
    }

    private void forward(Socket client) {
        try (client;
                var server = new Socket(InetAddress.getLoopbackAddress(), port)) {
            Thread.ofVirtual().start(() -> copyAnswers(server, client));
            InputStream in = client.getInputStream();
            OutputStream out = server.getOutputStream();
            byte[] buffer = new byte[64 * 1024];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (!isLetThrough(buffer, read)) {
                    return;
                }
                out.write(buffer, 0, read);
            }
        } catch (IOException _) {
            // one of them hung up
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void copyAnswers(Socket server, Socket client) {
        try {
            server.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException _) {
            // one of them hung up
        }
    }

    /// Requests are small here, and begin a packet.
    private boolean isLetThrough(byte[] buffer, int length) throws InterruptedException {
        Matcher request = REQUEST.matcher(new String(buffer, 0, Math.min(length, 8), StandardCharsets.US_ASCII));
        return !request.lookingAt() || gate.opens(request.group(1));
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
