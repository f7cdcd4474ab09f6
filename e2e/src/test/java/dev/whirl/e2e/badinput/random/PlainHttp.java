package dev.whirl.e2e.badinput.random;

import dev.whirl.e2e.support.WhirlServer;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Sends requests that no decent client would send, one after the other, and reads the answers. Not thread-safe.
final class PlainHttp implements AutoCloseable {
    private static final int DEADLINE_MILLIS = 30_000;

    /// An answer.
    ///
    /// @param headers by lower-case name
    record Reply(int status, Map<String, String> headers, String body) {
        Reply {
            headers = Map.copyOf(headers);
        }

        String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    private final WhirlServer server;
    private @Nullable Socket socket;
    private @Nullable InputStream in;

    PlainHttp(WhirlServer server) {
        this.server = server;
    }

    /// Sends a request; on a new connection if the server has closed the last one.
    Reply send(RandomRequest request) throws IOException {
        boolean isNew = socket == null;
        try {
            return exchange(request);
        } catch (IOException e) {
            close();
            if (isNew) {
                throw e;
            }
            return exchange(request);
        }
    }

    private Reply exchange(RandomRequest request) throws IOException {
        InputStream source = connection();
        Socket connected = socket;
        if (connected == null) {
            throw new IOException("not connected");
        }
        connected.getOutputStream().write(request.bytes());
        connected.getOutputStream().flush();
        int status = Integer.parseInt(line(source).split(" ")[1]);
        Map<String, String> headers = headers(source);
        boolean hasBody = !request.method().equals("HEAD") && status != 204 && status != 304;
        String body = hasBody ? body(source, headers) : "";
        if (headers.getOrDefault("connection", "").equalsIgnoreCase("close")) {
            close();
        }
        return new Reply(status, headers, body);
    }

    private InputStream connection() throws IOException {
        InputStream open = in;
        if (open != null) {
            return open;
        }
        var connected = new Socket(InetAddress.getLoopbackAddress(), server.port());
        connected.setTcpNoDelay(true);
        connected.setSoTimeout(DEADLINE_MILLIS);
        InputStream source = new BufferedInputStream(connected.getInputStream());
        socket = connected;
        in = source;
        return source;
    }

    private static Map<String, String> headers(InputStream in) throws IOException {
        var headers = new HashMap<String, String>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return headers;
    }

    private static String body(InputStream in, Map<String, String> headers) throws IOException {
        if (!headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
            int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
            return new String(in.readNBytes(length), StandardCharsets.UTF_8);
        }
        var body = new ByteArrayOutputStream();
        int length = Integer.parseInt(line(in).split(";")[0].strip(), 16);
        while (length > 0) {
            body.write(in.readNBytes(length));
            line(in);
            length = Integer.parseInt(line(in).split(";")[0].strip(), 16);
        }
        line(in);
        return body.toString(StandardCharsets.UTF_8);
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the server closed the connection after: " + line);
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).strip();
    }

    @Override
    public void close() throws IOException {
        Socket connected = socket;
        socket = null;
        in = null;
        if (connected != null) {
            connected.close();
        }
    }
}
