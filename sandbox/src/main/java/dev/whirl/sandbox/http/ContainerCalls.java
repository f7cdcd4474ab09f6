package dev.whirl.sandbox.http;

import dev.whirl.common.time.Deadlines;
import dev.whirl.sandbox.Payload;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Requests to the port of one container. A connection is kept for the next request if the container keeps it and the
/// next comes soon: who closes a connection after some seconds of silence must not do so under a request. One that was
/// closed meanwhile, since its container is gone, is not used: a request on it could not be told from one that was
/// executed.
///
/// The address of a container that is gone is given to the next one, which may be another namespace's. So after each
/// connect it is asked whether the container lives on, before a byte is sent; a kept connection leads to nobody else.
public final class ContainerCalls implements AutoCloseable {
    private static final long REUSED_WITHIN_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final int BUFFER_BYTES = 8 * 1024;

    /// Past the limit of a result so much more is read, to know how long it is; the rest is left.
    private static final long READ_PAST_LIMIT_BYTES = 16L << 20;

    private final InetSocketAddress address;
    private final ContainerLife life;
    private final Deadlines deadlines;
    private final int connectMillis;
    private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();
    private final Set<Connection> inUse = ConcurrentHashMap.newKeySet();
    private volatile boolean isClosed;

    /// @param life of the container whose address that is
    /// @param connectPatience who has not taken a connection after that is not there
    public ContainerCalls(
            InetSocketAddress address, ContainerLife life, Duration connectPatience, Deadlines deadlines) {
        this.address = address;
        this.life = life;
        this.connectMillis = Math.toIntExact(connectPatience.toMillis());
        this.deadlines = deadlines;
    }

    /// What became of a request.
    public sealed interface Outcome {
        /// @param headers of the answer, by their names in lower case
        record Answered(int status, ResponseReader.Body body, Map<String, String> headers) implements Outcome {
            public Answered {
                headers = Map.copyOf(headers);
            }
        }

        /// No whole answer in time.
        record Late() implements Outcome {}

        /// Nobody listens there, or somebody else: nothing was sent.
        record Unreached(String detail) implements Outcome {}

        /// The connection ended, or what came was no answer.
        ///
        /// @param isSilent whether not one byte of an answer came
        record Broken(String detail, boolean isSilent) implements Outcome {}
    }

    /// Posts a document and waits for the answer.
    ///
    /// @param number of the request, for runtimes that mark what they print with it
    /// @param keptBytes of the answer at most so many are kept
    /// @param deadlineNanos as of [System#nanoTime]
    public Outcome post(String path, int number, Payload body, int keptBytes, long deadlineNanos)
            throws InterruptedException {
        Connection connection = connection(deadlineNanos);
        if (connection == null) {
            return new Outcome.Unreached("the container does not listen at " + address);
        }
        try (var watch = deadlines.watch(connection, deadlineNanos)) {
            boolean isKept = false;
            try {
                connection.send(path, number, body);
                ResponseHead head = connection.reader.readHead();
                ResponseReader.Body answer =
                        connection.reader.readBody(head, keptBytes, keptBytes + READ_PAST_LIMIT_BYTES);
                isKept = answer.isAtEnd() && head.keepsAlive();
                return new Outcome.Answered(head.status(), answer, head.headers());
            } catch (IOException e) {
                return ended(e, watch);
            } finally {
                giveBack(connection, isKept && !watch.hasExpired());
            }
        }
    }

    /// Whether the container listens on its port now.
    public boolean isListening(long deadlineNanos) throws InterruptedException {
        Connection connection = connection(deadlineNanos);
        if (connection == null) {
            return false;
        }
        giveBack(connection, true);
        return true;
    }

    /// The container is gone: requests under way end now, as broken ones.
    public void breakOff() {
        close();
        inUse.forEach(Connection::close);
    }

    /// Requests under way may end as they will.
    @Override
    public void close() {
        isClosed = true;
        for (Connection each = idle.poll(); each != null; each = idle.poll()) {
            each.close();
        }
    }

    private static Outcome ended(IOException reason, Deadlines.Watch watch) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (watch.hasExpired()) {
            return new Outcome.Late();
        }
        return new Outcome.Broken(
                String.valueOf(reason.getMessage()), reason instanceof ResponseReader.NoAnswerException);
    }

    /// @return null where the container does not listen, and once this is closed
    private @Nullable Connection connection(long deadlineNanos) throws InterruptedException {
        if (isClosed) {
            return null;
        }
        for (Connection each = idle.poll(); each != null; each = idle.poll()) {
            if (System.nanoTime() - each.idleSinceNanos < REUSED_WITHIN_NANOS && each.isSilent()) {
                return taken(each);
            }
            each.close();
        }
        Connection connected = connected(deadlineNanos);
        return connected == null || !isTheContainers(connected) ? null : taken(connected);
    }

    private @Nullable Connection connected(long deadlineNanos) throws InterruptedException {
        long left = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
        SocketChannel channel = null;
        try {
            channel = SocketChannel.open();
            channel.socket().connect(address, Math.clamp(left, 1, connectMillis));
            channel.socket().setTcpNoDelay(true);
            return new Connection(channel);
        } catch (IOException e) {
            closeQuietly(channel);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return null;
        }
    }

    /// Closes it if it is not: whatever was sent would reach somebody else.
    private boolean isTheContainers(Connection connected) throws InterruptedException {
        boolean isTheContainers = false;
        try {
            isTheContainers = life.holds(address);
        } finally {
            if (!isTheContainers) {
                connected.close();
            }
        }
        return isTheContainers;
    }

    /// Whoever breaks off looks at those in use after it has closed this: one of both sees the other.
    private @Nullable Connection taken(Connection connection) {
        inUse.add(connection);
        if (isClosed) {
            giveBack(connection, false);
            return null;
        }
        return connection;
    }

    private void giveBack(Connection connection, boolean isKept) {
        inUse.remove(connection);
        if (isKept) {
            connection.idleSinceNanos = System.nanoTime();
            idle.push(connection);
        }
        if (!isKept || isClosed) {
            connection.close();
        }
    }

    private static void closeQuietly(@Nullable Closeable closeable) {
        try {
            if (closeable != null) {
                closeable.close();
            }
        } catch (IOException e) {
            // it is of no use any more
        }
    }

    private final class Connection implements Closeable {
        private final SocketChannel channel;
        private final OutputStream out;
        private final ResponseReader reader;
        private volatile long idleSinceNanos;

        private Connection(SocketChannel channel) throws IOException {
            this.channel = channel;
            out = new BufferedOutputStream(channel.socket().getOutputStream(), BUFFER_BYTES);
            reader = new ResponseReader(channel.socket().getInputStream());
        }

        /// Whether nothing came on it while nobody had asked, not even its end.
        private boolean isSilent() {
            try {
                channel.configureBlocking(false);
                boolean isSilent = channel.read(ByteBuffer.allocate(1)) == 0;
                channel.configureBlocking(true);
                return isSilent;
            } catch (IOException e) {
                return false;
            }
        }

        private void send(String path, int number, Payload body) throws IOException {
            String head = "POST " + path + " HTTP/1.1\r\nHost: " + address.getHostString()
                    + "\r\nContent-Type: application/json\r\nAccept: application/json\r\nX-Whirl-Request: " + number
                    + "\r\nContent-Length: " + body.sizeBytes() + "\r\n\r\n";
            out.write(ResponseReader.head(head));
            body.writeTo(out);
            out.flush();
            body.sent();
        }

        @Override
        public void close() {
            closeQuietly(channel);
        }
    }
}
