package dev.whirl.e2e.support;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// One connection on which anything can be written, rightly formed or not.
public final class RawHttp implements AutoCloseable {
    private final Socket socket;

    public RawHttp(WhirlServer server) {
        this(server.port());
    }

    /// @param port of the loopback address
    public RawHttp(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The head of a request by the guest, up to and with the empty line.
    public static String head(String method, String path, String... headers) {
        String authorization = Api.basic(Api.GUEST_KEY);
        return "%s %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: %s\r\n%s\r\n"
                .formatted(method, path, authorization, lines(headers));
    }

    private static String lines(String... headers) {
        var text = new StringBuilder();
        for (String header : headers) {
            text.append(header).append("\r\n");
        }
        return text.toString();
    }

    /// Writes; does nothing if the server has closed the connection already.
    public RawHttp write(String text) {
        return write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public RawHttp write(byte[] bytes) {
        isWritten(bytes);
        return this;
    }

    /// Writes.
    ///
    /// @return false if the server has closed the connection
    public boolean isWritten(byte[] bytes) {
        try {
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            out.flush();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /// Says that nothing more will be written.
    public RawHttp finish() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            // closed by the server
        }
        return this;
    }

    /// Closes at once with a reset, in the middle of whatever was going on.
    public void cut() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// All that comes until the server closes, or until nothing has come for this long.
    public String read(Duration silence) {
        var collected = new ByteArrayOutputStream();
        readInto(collected, silence);
        return collected.toString(StandardCharsets.ISO_8859_1);
    }

    /// Whether the server closes the connection before the deadline, after whatever it still says.
    public boolean isClosedWithin(Duration deadline) {
        return readInto(new ByteArrayOutputStream(), deadline);
    }

    private boolean readInto(ByteArrayOutputStream collected, Duration silence) {
        var buffer = new byte[8192];
        try {
            socket.setSoTimeout((int) silence.toMillis());
            int count = socket.getInputStream().read(buffer);
            while (count >= 0) {
                collected.write(buffer, 0, count);
                count = socket.getInputStream().read(buffer);
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (SocketException e) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
