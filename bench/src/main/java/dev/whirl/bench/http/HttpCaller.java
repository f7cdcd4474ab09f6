package dev.whirl.bench.http;

import dev.whirl.bench.load.Caller;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;

/// Sends one prepared request over one connection, again and again. A connection that the server ends after an answer
/// is opened again, as a part of the next call.
public final class HttpCaller implements Caller {
    private final Endpoint endpoint;
    private final ByteBuffer request;
    private volatile HttpConnection connection;
    private volatile boolean isClosed;

    private HttpCaller(Endpoint endpoint, Request request) throws IOException {
        this.endpoint = endpoint;
        this.request = request.view();
        this.connection = HttpConnection.open(endpoint);
    }

    public static Caller.Source source(Endpoint endpoint, Request request) {
        return () -> new HttpCaller(endpoint, request);
    }

    @Override
    public int call() throws IOException {
        HttpConnection current = connection;
        if (current.isOver()) {
            current = reopened();
        }
        return current.send(request, null);
    }

    private HttpConnection reopened() throws IOException {
        connection.close();
        HttpConnection fresh = HttpConnection.open(endpoint);
        connection = fresh;
        if (isClosed) {
            fresh.close();
            throw new ClosedChannelException();
        }
        return fresh;
    }

    @Override
    public void close() throws IOException {
        isClosed = true;
        connection.close();
    }
}
