package dev.whirl.e2e.catalog;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Takes one WebSocket connection (RFC 6455), and from it one short text message.
final class WebSocketEcho implements AutoCloseable {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int MASK_BYTES = 4;

    private final ServerSocket listener;
    private final CompletableFuture<String> received = new CompletableFuture<>();

    WebSocketEcho() throws IOException {
        listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    int port() {
        return listener.getLocalPort();
    }

    String received() throws Exception {
        return received.get(10, TimeUnit.SECONDS);
    }

    private void serve() {
        try (Socket socket = listener.accept();
                InputStream in = new BufferedInputStream(socket.getInputStream())) {
            String answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Accept: %s\r\n\r\n".formatted(accept(key(in)));
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            received.complete(message(in));
            socket.getOutputStream().write(new byte[] {(byte) 0x88, 0}); // close
        } catch (IOException e) {
            received.completeExceptionally(e);
        }
    }

    private static String key(InputStream in) throws IOException {
        String key = "";
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.regionMatches(true, 0, "Sec-WebSocket-Key:", 0, "Sec-WebSocket-Key:".length())) {
                key = line.substring(line.indexOf(':') + 1).strip();
            }
        }
        return key;
    }

    private static String line(InputStream in) throws IOException {
        var text = new StringBuilder();
        for (int next = in.read(); next != '\n' && next >= 0; next = in.read()) {
            text.append((char) next);
        }
        return text.toString().strip();
    }

    private static String accept(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A masked frame of less than 126 bytes.
    private static String message(InputStream in) throws IOException {
        in.read();
        int length = in.read() & 0x7f;
        byte[] mask = in.readNBytes(MASK_BYTES);
        byte[] bytes = in.readNBytes(length);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] ^= mask[i % MASK_BYTES];
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
