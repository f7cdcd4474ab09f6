package dev.whirl.bench.bare;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// A language runtime as a plain child process, with code already in it. It is killed when closed, and at the latest
/// when its longest life is over, so that nobody waits for it without end.
public final class BareRuntime implements AutoCloseable {
    private static final Duration LONGEST_START = Duration.ofSeconds(10);
    private static final Duration TRY_EVERY = Duration.ofMillis(1);
    private static final int OK = 200;

    private final Process process;
    private final SocketChannel channel;
    private final AtomicInteger numbers = new AtomicInteger();

    private BareRuntime(Process process, SocketChannel channel) {
        this.process = process;
        this.channel = channel;
    }

    /// Starts a command that speaks the wire, and gives it the INIT document.
    public static BareRuntime start(List<String> command, String initDocument, Duration longestLife)
            throws IOException {
        Path folder = Files.createTempDirectory("whirl-bare-");
        Path socket = folder.resolve("wire.sock");
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(UnixDomainSocketAddress.of(socket));
            Process process = process(command, socket);
            Executor later = CompletableFuture.delayedExecutor(longestLife.toMillis(), TimeUnit.MILLISECONDS);
            later.execute(process::destroyForcibly);
            return connected(listener, process, initDocument);
        } finally {
            Files.deleteIfExists(socket);
            Files.deleteIfExists(folder);
        }
    }

    SocketChannel channel() {
        return channel;
    }

    AtomicInteger numbers() {
        return numbers;
    }

    public long id() {
        return process.pid();
    }

    private static Process process(List<String> command, Path socket) throws IOException {
        var builder = new ProcessBuilder(command);
        builder.environment().put("WHIRL_SOCKET", socket.toString());
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        return builder.start();
    }

    private static BareRuntime connected(ServerSocketChannel listener, Process process, String initDocument)
            throws IOException {
        try {
            var runtime = new BareRuntime(process, accept(listener, process));
            runtime.initialize(initDocument);
            return runtime;
        } catch (IOException failed) {
            process.destroyForcibly();
            throw failed;
        }
    }

    private static SocketChannel accept(ServerSocketChannel listener, Process process) throws IOException {
        listener.configureBlocking(false);
        long end = System.nanoTime() + LONGEST_START.toNanos();
        while (process.isAlive() && System.nanoTime() < end) {
            SocketChannel accepted = listener.accept();
            if (accepted != null) {
                return accepted;
            }
            LockSupport.parkNanos(TRY_EVERY.toNanos());
        }
        throw new IOException("the bare runtime did not connect to its socket");
    }

    private void initialize(String document) throws IOException {
        expect(Frame.READY, Frame.read(channel));
        ByteBuffer init = Frame.of(Frame.INIT, numbers.incrementAndGet(), document);
        while (init.hasRemaining()) {
            channel.write(init);
        }
        ByteBuffer reply = Frame.read(channel);
        expect(Frame.REPLY, reply);
        if (reply.getShort() != OK) {
            throw new IOException("the bare runtime refused its code: " + UTF_8.decode(reply));
        }
    }

    private static void expect(byte type, ByteBuffer frame) throws IOException {
        byte found = frame.get();
        frame.getInt();
        if (found != type) {
            throw new IOException("the bare runtime sent a frame of type " + found + " instead of " + type);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        process.destroyForcibly();
    }
}
