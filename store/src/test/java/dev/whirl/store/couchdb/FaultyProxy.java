package dev.whirl.store.couchdb;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Stands between a client and a server, and does what networks do: passes on, stays silent, loses answers, cuts
/// connections, is not there for a while.
final class FaultyProxy implements AutoCloseable {
    /// What becomes of answers; requests are passed on in any case.
    enum Fault {
        NONE,
        /// They never come, and the connection stays.
        SILENCE,
        /// The connection is cut instead, once; then all is well.
        ONE_CUT,
        /// They come once [#letGo] is called.
        HELD
    }

    private final InetSocketAddress server;
    private final int port;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();
    private final AtomicInteger held = new AtomicInteger();
    private volatile CountDownLatch gate = new CountDownLatch(1);
    private volatile Fault fault = Fault.NONE;
    private volatile @Nullable ServerSocket listener;
    private volatile @Nullable Thread acceptor;

    FaultyProxy(InetSocketAddress server) {
        this.server = server;
        this.port = listen(0);
    }

    int port() {
        return port;
    }

    void set(Fault next) {
        gate = new CountDownLatch(1);
        fault = next;
    }

    /// Answers that are held back come, and all others.
    void letGo() {
        fault = Fault.NONE;
        gate.countDown();
    }

    /// Answers that are held back come; of those after them one is lost.
    void letGoAndCutTheNext() {
        fault = Fault.ONE_CUT;
        gate.countDown();
    }

    /// Most connections that were open at a time.
    int mostOpen() {
        return mostOpen.get();
    }

    /// Answers that are held back at present.
    int held() {
        return held.get();
    }

    /// From now on connections are refused, and those that are open are cut.
    void goAway() {
        close();
    }

    void comeBack() {
        listen(port);
    }

    @Override
    public void close() {
        ServerSocket current = listener;
        Thread accepting = acceptor;
        if (current != null && accepting != null) {
            close(current);
            join(accepting); // until it has ended, the kernel may still take connections
        }
        sockets.forEach(FaultyProxy::close);
    }

    private int listen(int wanted) {
        try {
            var socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
            listener = socket;
            acceptor = Thread.ofVirtual().start(() -> accept(socket));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket socket) {
        try {
            while (!socket.isClosed()) {
                connect(socket.accept());
            }
        } catch (IOException _) {
            // gone away
        }
    }

    private void connect(Socket client) throws IOException {
        var upstream = new Socket();
        upstream.connect(server);
        sockets.add(client);
        sockets.add(upstream);
        mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
        Thread.ofVirtual().start(() -> pass(client, upstream, false));
        Thread.ofVirtual().start(() -> {
            pass(upstream, client, true);
            open.decrementAndGet();
        });
    }

    private void pass(Socket from, Socket to, boolean isAnswer) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] chunk = new byte[8192];
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                if (isAnswer && !mayPass()) {
                    return;
                }
                out.write(chunk, 0, count);
            }
        } catch (IOException _) {
            // the other direction ended first
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private boolean mayPass() throws InterruptedException {
        return switch (fault) {
            case NONE -> true;
            case ONE_CUT -> {
                fault = Fault.NONE;
                yield false;
            }
            case HELD, SILENCE -> {
                held.incrementAndGet();
                gate.await();
                held.decrementAndGet();
                yield true;
            }
        };
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(AutoCloseable each) {
        try {
            each.close();
        } catch (Exception _) {
            // it was closed already
        }
    }
}
