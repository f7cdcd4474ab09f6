package dev.whirl.bench.http;

import dev.whirl.bench.load.Caller;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.atomic.AtomicInteger;

/// Sends prepared requests over one connection, one after another. A connection that the server ends after an answer
/// is opened again, as a part of the next call.
public final class HttpCaller implements Caller {
    private final Endpoint endpoint;
    private final Requests requests;
    private volatile HttpConnection connection;
    private volatile boolean isClosed;

    private HttpCaller(Endpoint endpoint, Requests requests) throws IOException {
        this.endpoint = endpoint;
        this.requests = requests;
        this.connection = HttpConnection.open(endpoint);
    }

    public static Caller.Source source(Endpoint endpoint, Request request) {
        return source(endpoint, Requests.same(request));
    }

    public static Caller.Source source(Endpoint endpoint, Requests.Source requests) {
        var opened = new AtomicInteger();
        return () -> new HttpCaller(endpoint, requests.of(opened.getAndIncrement()));
    }

    @Override
    public int call() throws IOException {
        HttpConnection current = connection;
        if (current.isOver()) {
            current = reopened();
        }
        return current.send(requests.next(), null);
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
