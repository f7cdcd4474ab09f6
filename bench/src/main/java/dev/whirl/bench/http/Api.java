package dev.whirl.bench.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The few calls to a platform's API that prepare a measurement. Answers are waited for at most 70 s; a connection
/// that breaks is opened again by the next call.
public final class Api implements Closeable {
    private static final Duration TIMEOUT = Duration.ofSeconds(70);
    private static final String ACTIONS = "/api/v1/namespaces/_/actions/";

    private final Endpoint endpoint;
    private final String auth;
    private @Nullable HttpConnection connection;

    public Api(Endpoint endpoint, String auth) {
        this.endpoint = endpoint;
        this.auth = auth;
    }

    /// A status and a whole body.
    public record Answer(int status, String body) {
        public boolean isSuccess() {
            return status >= 200 && status < 300;
        }
    }

    /// Creates or overwrites an action from its document.
    public Answer putAction(String name, String document) throws IOException {
        return send(Request.json(endpoint, auth, "PUT", ACTIONS + name + "?overwrite=true", document));
    }

    public Answer deleteAction(String name) throws IOException {
        return send(Request.json(endpoint, auth, "DELETE", ACTIONS + name, ""));
    }

    /// A request that invokes an action, waits for it, and is answered with the whole record.
    public Request blockingInvoke(String name, String payload) {
        return Request.json(endpoint, auth, "POST", ACTIONS + name + "?blocking=true", payload);
    }

    public Answer get(String path) throws IOException {
        return send(Request.get(endpoint, path));
    }

    public Answer send(Request request) throws IOException {
        HttpConnection current = connection == null ? HttpConnection.open(endpoint, TIMEOUT) : connection;
        connection = null;
        var body = new ByteArrayOutputStream();
        try {
            int status = current.send(request, body);
            if (!current.isOver()) {
                connection = current;
            }
            return new Answer(status, body.toString(UTF_8));
        } finally {
            if (connection == null) {
                current.close();
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (connection != null) {
            connection.close();
        }
    }
}
