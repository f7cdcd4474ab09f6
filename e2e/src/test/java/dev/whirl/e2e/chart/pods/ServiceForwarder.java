package dev.whirl.e2e.chart.pods;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One port of a Service: leads connections to the pods that are ready, in turn. Nobody listens while none is.
///
/// Guarded by this: `socket`.
final class ServiceForwarder implements AutoCloseable {
    private static final int BACKLOG = 128;

    private final InetSocketAddress address;
    private final AtomicInteger turn = new AtomicInteger();
    private volatile List<InetSocketAddress> targets = List.of();
    private @Nullable ServerSocket socket;

    ServiceForwarder(String address, int port) {
        this.address = new InetSocketAddress(address, port);
    }

    /// From now on these pods are ready.
    synchronized void lead(List<InetSocketAddress> ready) {
        targets = List.copyOf(ready);
        try {
            if (ready.isEmpty()) {
                close();
            } else if (socket == null) {
                ServerSocket opened =
                        new ServerSocket(address.getPort(), BACKLOG, InetAddress.getByName(address.getHostString()));
                socket = opened;
                Thread.ofVirtual().start(() -> accept(opened));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("%s can't be opened".formatted(address), e);
        }
    }

    private void accept(ServerSocket opened) {
        while (!opened.isClosed()) {
            try {
                Socket caller = opened.accept();
                Thread.ofVirtual().start(() -> forward(caller));
            } catch (IOException e) {
                return; // it was closed
            }
        }
    }

    private void forward(Socket caller) {
        List<InetSocketAddress> ready = targets;
        try (caller;
                var pod = new Socket()) {
            if (ready.isEmpty()) {
                return;
            }
            pod.connect(ready.get(Math.floorMod(turn.getAndIncrement(), ready.size())));
            Thread answers = Thread.ofVirtual().start(() -> copy(pod, caller));
            copy(caller, pod);
            answers.join();
        } catch (IOException e) {
            // the caller sees that its connection is closed
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            closeQuietly(from);
            closeQuietly(to);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is of no use any more
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
