package dev.whirl.e2e.wsk;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/// Stands before a server and breaks all connections after some requests, as a network does that goes away.
final class FailingProxy implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int port;
    private final AtomicInteger left;

    /// @param requests how many are let through
    FailingProxy(int port, int requests) throws IOException {
        this.port = port;
        this.left = new AtomicInteger(requests);
        Thread.ofVirtual().start(this::accept);
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
                if (isRequest(buffer, read) && left.getAndDecrement() <= 0) {
                    return;
                }
                out.write(buffer, 0, read);
            }
        } catch (IOException _) {
            // one of them hung up
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
    private static boolean isRequest(byte[] buffer, int length) {
        return new String(buffer, 0, Math.min(length, 8), StandardCharsets.US_ASCII)
                .matches("(GET|PUT|POST|DELETE) .*");
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
