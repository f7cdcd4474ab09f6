package dev.whirl.controller.api.http;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import io.helidon.webserver.ServerConnectionException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/// A connection as the server knows it, with a reader that counts, and that lets clients in that speak HTTP/1.0.
final class CountedContext implements ConnectionContext {
    private final ConnectionContext context;
    private final Arrivals arrivals;
    private final int maxFirstLine;
    private final DataReader reader;
    private boolean isUnderWay;

    CountedContext(ConnectionContext context, Arrivals arrivals, int maxFirstLine, int maxTrailers) {
        this.context = context;
        this.arrivals = arrivals;
        this.maxFirstLine = maxFirstLine;
        this.reader = new StrictReader(this::next, maxTrailers);
    }

    @SuppressWarnings("NullAway") // null means the end, for the server's reader
    private byte[] next() {
        arrivals.waiting(context.dataWriter());
        byte @Nullable [] bytes = fromSocket();
        if (bytes != null && !isUnderWay) {
            isUnderWay = true;
            bytes = OldVersion.translated(bytes, maxFirstLine, this::fromSocket);
        }
        if (bytes != null) {
            arrivals.came(bytes.length);
        }
        return bytes;
    }

    private byte @Nullable [] fromSocket() {
        try {
            return context.serverSocket().get();
        } catch (UncheckedIOException e) {
            throw new ServerConnectionException("the connection broke", e);
        }
    }

    @Override
    public DataReader dataReader() {
        return reader;
    }

    @Override
    public ListenerContext listenerContext() {
        return context.listenerContext();
    }

    @Override
    public ExecutorService executor() {
        return context.executor();
    }

    @Override
    public DataWriter dataWriter() {
        return context.dataWriter();
    }

    @Override
    public Router router() {
        return context.router();
    }

    @Override
    public Optional<ProxyProtocolData> proxyProtocolData() {
        return context.proxyProtocolData();
    }

    @Override
    public HelidonSocket serverSocket() {
        return context.serverSocket();
    }

    @Override
    public PeerInfo remotePeer() {
        return context.remotePeer();
    }

    @Override
    public PeerInfo localPeer() {
        return context.localPeer();
    }

    @Override
    public boolean isSecure() {
        return context.isSecure();
    }

    @Override
    public String socketId() {
        return context.socketId();
    }

    @Override
    public String childSocketId() {
        return context.childSocketId();
    }
}
