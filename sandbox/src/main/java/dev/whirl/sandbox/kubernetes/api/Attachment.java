package dev.whirl.sandbox.kubernetes.api;

import dev.whirl.sandbox.CollectedLogs.Stream;
import dev.whirl.sandbox.output.ContainerOutput;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.WebSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes what one container prints, both streams apart, as `kubectl attach` does. A connection that breaks off is
/// replaced; what was printed meanwhile is lost, and the output is told so.
public final class Attachment implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Attachment.class);
    private static final String PROTOCOL = "v4.channel.k8s.io";
    private static final int STDOUT = 1;
    private static final int STDERR = 2;
    private static final int NORMAL = 1000;
    private static final long OPEN_SECONDS = 10;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final HttpClient client;
    private final URI uri;
    private final Semaphore turns;
    private final String name;
    private final ContainerOutput output;
    private final BooleanSupplier isOver;
    private final CountDownLatch tried = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable Connection current;
    private volatile boolean isClosed;

    private Attachment(
            HttpClient client, URI uri, Semaphore turns, String name, ContainerOutput output, BooleanSupplier isOver) {
        this.client = client;
        this.uri = uri;
        this.turns = turns;
        this.name = name;
        this.output = output;
        this.isOver = isOver;
        thread = Thread.ofVirtual().name("pod-output-" + name).unstarted(this::loop);
    }

    /// @param turns so many are opened at a time
    /// @param isOver whether nothing more can come
    static Attachment start(
            HttpClient client, URI uri, Semaphore turns, String name, ContainerOutput output, BooleanSupplier isOver) {
        output.brokeOff(); // until there is a connection
        var attachment = new Attachment(client, uri, turns, name, output, isOver);
        attachment.thread.start();
        return attachment;
    }

    /// Waits until the first connection stands, so that nothing that is printed from now on is missed, or could not be
    /// made.
    ///
    /// @return false if neither is known in time
    public boolean awaitTried(long deadlineNanos) throws InterruptedException {
        return tried.await(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    /// Takes another connection: this one may be dead without anybody having told.
    public void renew() {
        Connection now = current;
        if (now != null) {
            now.end();
        }
    }

    /// The container is over; what is under way may still come until the connection ends by itself.
    @Override
    public void close() {
        isClosed = true;
        renew();
        thread.interrupt();
    }

    private void loop() {
        Duration pause = FIRST_PAUSE;
        try {
            while (!isClosed && !isOver.getAsBoolean()) {
                pause = followOnce() ? FIRST_PAUSE : longer(pause);
                tried.countDown();
                output.brokeOff();
                Thread.sleep(pause);
            }
        } catch (InterruptedException e) {
            log.atTrace().addKeyValue("pod", name).setCause(e).log("nobody wants its output any more");
        } catch (RuntimeException e) {
            log.atWarn().addKeyValue("pod", name).setCause(e).log("The output of a pod is not taken any more");
        } finally {
            output.close();
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }

    /// @return whether there was a connection
    private boolean followOnce() throws InterruptedException {
        var connection = new Connection();
        current = connection;
        try {
            follow(connection, openInTurn(connection));
            return true;
        } catch (ExecutionException | TimeoutException e) {
            log.atDebug().addKeyValue("pod", name).setCause(e).log("Could not attach to a pod");
            return false;
        }
    }

    private void follow(Connection connection, WebSocket socket) throws InterruptedException {
        try {
            output.tookUp();
            tried.countDown();
            connection.over.await();
        } finally {
            socket.sendClose(NORMAL, "");
        }
    }

    private WebSocket openInTurn(Connection connection)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (!turns.tryAcquire(OPEN_SECONDS, TimeUnit.SECONDS)) {
            throw new TimeoutException("others that are being opened took all the time");
        }
        try {
            return open(connection);
        } finally {
            turns.release();
        }
    }

    private WebSocket open(Connection connection) throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<WebSocket> opening =
                client.newWebSocketBuilder().uri(uri).subprotocol(PROTOCOL).buildAsync(connection);
        boolean isOpen = false;
        try {
            WebSocket socket = opening.get(OPEN_SECONDS, TimeUnit.SECONDS);
            isOpen = true;
            return socket;
        } finally {
            if (!isOpen) {
                var _ = opening.thenAccept(late -> late.sendClose(NORMAL, ""));
            }
        }
    }

    /// One connection: messages whose first byte is the number of a stream.
    private final class Connection implements WebSocket.Listener {
        private final CountDownLatch over = new CountDownLatch(1);

        private void end() {
            over.countDown();
        }

        @Override
        public void onMessage(WebSocket socket, ByteBuffer message) {
            if (message.hasRemaining() && current == this) {
                take(message.get(), message);
            }
            socket.request();
        }

        private void take(int stream, ByteBuffer message) {
            if (stream == STDOUT || stream == STDERR) {
                byte[] bytes = new byte[message.remaining()];
                message.get(bytes);
                output.piece(stream == STDOUT ? Stream.STDOUT : Stream.STDERR, bytes, bytes.length);
            }
        }

        @Override
        public void onClose(WebSocket socket, int code, String reason) {
            end();
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            log.atDebug().addKeyValue("pod", name).setCause(error).log("The output of a pod broke off");
            end();
        }
    }
}
