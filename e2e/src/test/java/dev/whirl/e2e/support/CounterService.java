package dev.whirl.e2e.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Counts words: a caller connects over loopback, writes a line, and is told how often that line has come by now.
/// Functions call it when they begin, which shows from outside how often each really ran.
public final class CounterService implements AutoCloseable {
    private final ServerSocket listener;
    private final Map<String, Integer> counts = new ConcurrentHashMap<>();

    public CounterService() {
        try {
            listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    public int count(String word) {
        return counts.getOrDefault(word, 0);
    }

    /// A snapshot of all counts.
    public Map<String, Integer> counts() {
        return Map.copyOf(counts);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket socket) {
        try (socket;
                var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            socket.setSoTimeout(10_000);
            String word = in.readLine();
            if (word != null) {
                int count = counts.merge(word, 1, Integer::sum);
                socket.getOutputStream().write((count + "\n").getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            // the caller was killed
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
