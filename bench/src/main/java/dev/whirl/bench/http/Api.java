package dev.whirl.bench.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// The few calls to a platform's API that prepare a measurement. Answers are waited for at most 70 s; a connection
/// that breaks is opened again by the next call.
public final class Api implements Closeable {
    private static final Duration TIMEOUT = Duration.ofSeconds(70);
    private static final String HERE = "/api/v1/namespaces/_/";

    private static final String[] NONE = {};

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

    /// Creates or overwrites an entity from its document.
    ///
    /// @param path below the namespace, such as `actions/echo`
    public Answer put(String path, String document) throws IOException {
        return send(overwrite(path, document));
    }

    public Answer delete(String path) throws IOException {
        return send(removal(path));
    }

    /// A request that creates or overwrites an entity.
    public Request overwrite(String path, String document) {
        return Request.json(endpoint, auth, "PUT", HERE + path + "?overwrite=true", document);
    }

    /// A request for the least that a server can answer.
    public Request ping() {
        return Request.get(endpoint, "/ping");
    }

    /// A request that deletes an entity.
    public Request removal(String path) {
        return Request.json(endpoint, auth, "DELETE", HERE + path, "");
    }

    /// A request that reads below the namespace.
    public Request read(String path) {
        return Request.json(endpoint, auth, "GET", HERE + path, "");
    }

    /// How many activation records of an action there are.
    public long records(String action) throws IOException {
        Answer answer = send(read("activations?count=true&name=" + action));
        if (!answer.isSuccess()) {
            throw new IOException("no count of records: %d %s".formatted(answer.status(), answer.body()));
        }
        return JsonMapper.shared().readTree(answer.body()).path("activations").asLong();
    }

    /// A request that invokes an action, waits for it, and is answered with the whole record.
    public Request blockingInvoke(String name, String payload) {
        return Request.json(endpoint, auth, "POST", HERE + "actions/" + name + "?blocking=true", payload);
    }

    /// A request that invokes an action and does not wait for it.
    public Request invoke(String name, String payload) {
        return Request.json(endpoint, auth, "POST", HERE + "actions/" + name, payload);
    }

    public Request fire(String trigger, String payload) {
        return Request.json(endpoint, auth, "POST", HERE + "triggers/" + trigger, payload);
    }

    /// A request that calls a web action without a key and is answered with its result as JSON.
    public Request web(String name, String payload) throws IOException {
        return Request.openJson(endpoint, webPath(name), payload);
    }

    /// The path of a web action of the key's namespace, for its result as JSON.
    public String webPath(String name) throws IOException {
        Answer answer = send(Request.json(endpoint, auth, "GET", "/api/v1/namespaces", ""));
        String[] names = answer.isSuccess() ? JsonMapper.shared().readValue(answer.body(), String[].class) : NONE;
        if (names.length == 0) {
            throw new IOException("the key has no namespace: " + answer.status());
        }
        return "/api/v1/web/%s/default/%s.json".formatted(names[0], name);
    }

    /// Reads a path of the server that asks for no key.
    public Answer get(String path) throws IOException {
        return send(Request.get(endpoint, path));
    }

    /// Reads a path of the server with the key.
    public Answer getWithKey(String path) throws IOException {
        return send(Request.json(endpoint, auth, "GET", path, ""));
    }

    /// Posts a document to a path of the server with the key.
    public Answer postWithKey(String path, String document) throws IOException {
        return send(Request.json(endpoint, auth, "POST", path, document));
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
