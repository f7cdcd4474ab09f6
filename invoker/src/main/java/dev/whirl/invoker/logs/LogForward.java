package dev.whirl.invoker.logs;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/// A program that takes lines over TCP: Fluent Bit, Vector, Logstash. It is connected to when there is something to
/// tell, and again after it was away.
final class LogForward implements LogTarget {
    private static final int CONNECT_MILLIS = 3_000;

    private final LogsConfig.Address address;
    private @Nullable Socket socket;

    LogForward(LogsConfig.Address address) {
        this.address = address;
    }

    @Override
    public void write(byte[] lines) throws IOException {
        try {
            Socket open = socket == null ? connect() : socket;
            open.getOutputStream().write(lines);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private Socket connect() throws IOException {
        var fresh = new Socket();
        try {
            fresh.connect(new InetSocketAddress(address.host(), address.port()), CONNECT_MILLIS);
        } catch (IOException e) {
            fresh.close();
            throw e;
        }
        socket = fresh;
        return fresh;
    }

    @Override
    public void close() throws IOException {
        Socket open = socket;
        socket = null;
        if (open != null) {
            open.close();
        }
    }
}
