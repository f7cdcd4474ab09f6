package dev.whirl.cluster;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;

/// Looks whether something answers.
final class Probe {
    private static final int PATIENCE_MS = (int) Duration.ofSeconds(2).toMillis();
    private static final int LEAST_ERROR = 500;

    private Probe() {}

    /// Whether this URL is answered without a server error, or this `host:port` takes a connection.
    static boolean answers(String address) {
        try {
            return address.startsWith("http") ? isServed(address) : isOpen(address);
        } catch (IOException _) {
            return false;
        }
    }

    private static boolean isServed(String url) throws IOException {
        var connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
        connection.setConnectTimeout(PATIENCE_MS);
        connection.setReadTimeout(PATIENCE_MS);
        try {
            return connection.getResponseCode() < LEAST_ERROR;
        } finally {
            connection.disconnect();
        }
    }

    private static boolean isOpen(String address) throws IOException {
        int colon = address.lastIndexOf(':');
        try (var socket = new Socket()) {
            var target =
                    new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
            socket.connect(target, PATIENCE_MS);
            return true;
        }
    }
}
