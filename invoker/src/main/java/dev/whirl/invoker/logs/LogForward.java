package dev.whirl.invoker.logs;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/// A program that takes lines over TCP: Fluent Bit, Vector, Logstash. It is connected to when there is something to
/// tell, and again after it was away. Such programs do not say what they have taken: what a connection still held when
/// it broke may be missing or come twice, never half (a receiver drops a last line without an end).
final class LogForward implements LogTarget {
    private static final int CONNECT_MILLIS = 3_000;

    /// How long is looked whether the other end has hung up. It has nothing else to say.
    private static final int LOOK_MILLIS = 1;

    private static final int MOST_HEARD = 1_024;

    private final LogsConfig.Address address;
    private volatile @Nullable Socket socket;

    LogForward(LogsConfig.Address address) {
        this.address = address;
    }

    @Override
    public void write(byte[] lines) throws IOException {
        try {
            Socket known = socket;
            Socket open = known == null || hasHungUp(known) ? connect() : known;
            open.getOutputStream().write(lines);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /// Without this, all that is written before the first refused packet comes back would vanish.
    private static boolean hasHungUp(Socket open) {
        try {
            return open.getInputStream().read(new byte[MOST_HEARD]) < 0;
        } catch (SocketTimeoutException _) {
            return false;
        } catch (IOException _) {
            return true;
        }
    }

    private Socket connect() throws IOException {
        close();
        var fresh = new Socket();
        try {
            fresh.connect(new InetSocketAddress(address.host(), address.port()), CONNECT_MILLIS);
            fresh.setSoTimeout(LOOK_MILLIS);
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
