package dev.whirl.sandbox.docker.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.whirl.common.time.Deadlines;
import dev.whirl.model.json.MalformedJsonException;
import dev.whirl.model.json.RawJson;
import dev.whirl.sandbox.http.ResponseHead;
import dev.whirl.sandbox.http.ResponseReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Requests over the engine's socket, each on a connection of its own. Call on virtual threads.
final class EngineClient {
    private static final int MAX_ANSWER_BYTES = 16 << 20;
    private static final int MAX_SENTENCE = 2_000;
    private static final int SWITCHED = 101;
    private static final int FIRST_ERROR = 400;

    private final Path socket;
    private final Deadlines deadlines;

    EngineClient(Path socket, Deadlines deadlines) {
        this.socket = socket;
        this.deadlines = deadlines;
    }

    /// One request.
    ///
    /// @param path with its query
    /// @param credentials for a registry, as the engine wants them; empty for none
    record Request(String method, String path, @Nullable RawJson body, String credentials) {
        static Request get(String path) {
            return new Request("GET", path, null, "");
        }

        static Request post(String path) {
            return new Request("POST", path, null, "");
        }

        static Request post(String path, RawJson body) {
            return new Request("POST", path, body, "");
        }

        static Request delete(String path) {
            return new Request("DELETE", path, null, "");
        }
    }

    /// Sends it and reads the whole answer.
    ///
    /// @throws EngineException if the engine refuses
    /// @throws IOException if it can't be reached, or does not answer in time
    byte[] call(Request request, Duration timeout) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        UnixConnection connection = connect();
        try (connection;
                var watch = deadlines.watch(connection, deadline)) {
            try {
                send(connection, request, "close");
                ResponseHead head = connection.reader().readHead();
                byte[] body = connection
                        .reader()
                        .readBody(head, MAX_ANSWER_BYTES, MAX_ANSWER_BYTES)
                        .bytes();
                check(head, body);
                return body;
            } catch (EngineException e) {
                throw e;
            } catch (IOException e) {
                throw explained(e, request, watch.hasExpired(), timeout);
            }
        }
    }

    /// As [#call], for answers that are JSON.
    RawJson json(Request request, Duration timeout) throws IOException, InterruptedException {
        try {
            return RawJson.parse(call(request, timeout));
        } catch (MalformedJsonException e) {
            throw new IOException("the engine's answer to %s is not JSON".formatted(request.path()), e);
        }
    }

    /// Sends a request after which the connection carries a stream. The caller closes it.
    UnixConnection open(Request request, Duration timeout) throws IOException, InterruptedException {
        UnixConnection connection = connect();
        boolean isOpen = false;
        try (var watch = deadlines.watch(connection, System.nanoTime() + timeout.toNanos())) {
            send(connection, request, "Upgrade\r\nUpgrade: tcp");
            ResponseHead head = connection.reader().readHead();
            if (head.status() != SWITCHED && head.status() >= FIRST_ERROR) {
                check(
                        head,
                        connection
                                .reader()
                                .readBody(head, MAX_SENTENCE, MAX_SENTENCE)
                                .bytes());
            }
            isOpen = !watch.hasExpired();
            return connection;
        } finally {
            if (!isOpen) {
                connection.close();
            }
        }
    }

    private UnixConnection connect() throws IOException {
        try {
            return UnixConnection.to(socket);
        } catch (IOException e) {
            throw new IOException("the Docker engine can't be reached at %s: %s".formatted(socket, e.getMessage()), e);
        }
    }

    private static void send(UnixConnection connection, Request request, String wish) throws IOException {
        byte[] body = request.body() == null ? new byte[0] : request.body().toBytes();
        var head = new StringBuilder()
                .append(request.method())
                .append(' ')
                .append(request.path())
                .append(" HTTP/1.1\r\nHost: docker\r\nConnection: ")
                .append(wish)
                .append("\r\nContent-Length: ")
                .append(body.length)
                .append("\r\n");
        if (request.body() != null) {
            head.append("Content-Type: application/json\r\n");
        }
        if (!request.credentials().isEmpty()) {
            head.append("X-Registry-Auth: ").append(request.credentials()).append("\r\n");
        }
        byte[] start = ResponseReader.head(head.append("\r\n").toString());
        connection.write(start, 0, start.length);
        connection.write(body, 0, body.length);
    }

    private static void check(ResponseHead head, byte[] body) throws EngineException {
        if (head.status() >= FIRST_ERROR) {
            throw new EngineException(head.status(), sentence(body));
        }
    }

    private static String sentence(byte[] body) {
        String text = new String(body, 0, Math.min(body.length, MAX_SENTENCE), UTF_8).strip();
        try {
            Optional<String> message = RawJson.parse(body).field("message").flatMap(RawJson::asText);
            return message.orElse(text);
        } catch (MalformedJsonException e) {
            return text;
        }
    }

    private static IOException explained(IOException cause, Request request, boolean isLate, Duration timeout)
            throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        String what = request.method() + " " + request.path().replaceAll("\\?.*", "");
        return isLate
                ? new IOException("the Docker engine did not answer %s in %s".formatted(what, timeout), cause)
                : new IOException("the Docker engine broke off at %s: %s".formatted(what, cause.getMessage()), cause);
    }
}
