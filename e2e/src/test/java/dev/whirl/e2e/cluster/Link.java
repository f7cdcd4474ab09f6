package dev.whirl.e2e.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/// The network between a part of a cluster and one of its engines. It passes everything on until it is cut: then
/// nothing arrives in either direction and nobody is told, as when a cable is pulled. What was sent meanwhile arrives
/// when the link is whole again, as TCP sends again what was not acknowledged.
final class Link implements AutoCloseable {
    private final InetSocketAddress engine;
    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile CountDownLatch whole = new CountDownLatch(0);
    private volatile Duration delay = Duration.ZERO;

    Link(int enginePort) throws IOException {
        engine = new InetSocketAddress(InetAddress.getLoopbackAddress(), enginePort);
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /// Where the part reaches the engine.
    int port() {
        return listener.getLocalPort();
    }

    /// From its return on it takes up nothing any more, until it is healed.
    void cut() {
        whole = new CountDownLatch(1);
    }

    /// Makes it whole again.
    void heal() {
        whole.countDown();
    }

    /// Cuts it for so long; whole again on return.
    void cutFor(Duration time) throws InterruptedException {
        cut();
        try {
            Thread.sleep(time); // the fault itself lasts that long
        } finally {
            heal();
        }
    }

    /// From now on everything takes longer by this.
    void delay(Duration time) {
        delay = time;
    }

    private void accept() {
        try {
            while (!listener.isClosed()) {
                connect(listener.accept());
            }
        } catch (IOException _) {
            // closed
        }
    }

    private void connect(Socket part) {
        var engineSide = new Socket();
        sockets.add(part);
        sockets.add(engineSide);
        Thread.ofVirtual().start(() -> {
            try {
                whole.await();
                engineSide.connect(engine);
                part.setTcpNoDelay(true);
                engineSide.setTcpNoDelay(true);
            } catch (IOException e) { // as if nobody listened here
                end(part, engineSide);
                return;
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
            Thread.ofVirtual().start(() -> pass(part, engineSide));
            pass(engineSide, part);
        });
    }

    private void pass(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] chunk = new byte[64 * 1024];
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                hold();
                out.write(chunk, 0, count);
            }
            hold();
        } catch (IOException _) {
            // the other direction ended first
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            end(from, to);
        }
    }

    private void hold() throws InterruptedException {
        whole.await();
        if (delay.isPositive()) {
            Thread.sleep(delay);
        }
    }

    private void end(Socket one, Socket other) {
        close(one);
        close(other);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        heal();
        sockets.forEach(this::close);
    }

    private void close(Socket socket) {
        sockets.remove(socket);
        try {
            socket.close();
        } catch (IOException _) {
            // it was closed already
        }
    }
}
