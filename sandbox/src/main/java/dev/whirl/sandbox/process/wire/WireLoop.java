package dev.whirl.sandbox.process.wire;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread that accepts the connections of all sandboxes, reads what they send, and tells writers when there is
/// room again. It takes at most one buffer from each socket in a round, so that no sandbox holds up the others.
public final class WireLoop implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WireLoop.class);
    private static final int READ_BYTES = 64 * 1024;

    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BYTES);
    private final Thread thread =
            Thread.ofPlatform().name("sandbox-io").daemon().unstarted(this::loop);

    private WireLoop(Selector selector) {
        this.selector = selector;
    }

    /// Starts the thread; it ends with [#close].
    public static WireLoop started() throws IOException {
        var loop = new WireLoop(Selector.open());
        loop.thread.start();
        return loop;
    }

    /// Listens on that path for the one connection of a runtime.
    ///
    /// @param whenBroken called once, on a thread of its own, with the reason when the connection ends by itself
    public Wire listen(Path socket, Consumer<String> whenBroken) throws IOException {
        var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            listener.bind(UnixDomainSocketAddress.of(socket), 1);
            var wire = new Wire(this, listener, socket, whenBroken);
            listener.configureBlocking(false);
            register(listener, SelectionKey.OP_ACCEPT, wire);
            return wire;
        } catch (IOException e) {
            listener.close();
            throw e;
        }
    }

    @Override
    public void close() {
        try {
            selector.close();
        } catch (IOException e) {
            log.atDebug().setCause(e).log("closing the selector failed");
        }
    }

    SelectionKey register(SelectableChannel channel, int interest, Wire wire) throws IOException {
        SelectionKey key = channel.register(selector, interest, wire);
        wakeUp();
        return key;
    }

    /// Makes new registrations and interests count at once.
    void wakeUp() {
        if (Thread.currentThread() != thread) {
            selector.wakeup();
        }
    }

    private void loop() {
        while (selector.isOpen()) {
            try {
                selector.select(this::handle);
            } catch (IOException | RuntimeException | Error e) { // all sandboxes need this thread
                if (selector.isOpen()) {
                    log.atError().setCause(e).log("reading from sandboxes failed");
                }
            }
        }
    }

    private void handle(SelectionKey key) {
        if (!(key.attachment() instanceof Wire wire)) {
            return;
        }
        try {
            if (key.isAcceptable()) {
                wire.accept();
            } else {
                if (key.isReadable()) {
                    wire.read(buffer);
                }
                if (key.isValid() && key.isWritable()) {
                    wire.roomToWrite();
                }
            }
        } catch (CancelledKeyException e) {
            log.atTrace().setCause(e).log("a sandbox was closed while it was read");
        } catch (IOException | RuntimeException | Error e) {
            wire.broke("the connection failed: " + e.getMessage());
        }
    }
}
