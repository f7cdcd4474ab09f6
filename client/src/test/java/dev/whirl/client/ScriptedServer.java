package dev.whirl.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A real HTTP server that gives prepared answers, one after another, and remembers what it was asked.
public final class ScriptedServer implements AutoCloseable {
    private final HttpServer server;
    private final Deque<Answer> answers = new ArrayDeque<>();
    private final Map<String, Answer> standing = new ConcurrentHashMap<>();
    private final List<Seen> seen = Collections.synchronizedList(new ArrayList<>());

    /// What it says.
    public record Answer(int status, String body, Map<String, String> headers) {}

    /// What it was asked.
    public record Seen(String method, String target, Map<String, List<String>> headers, String body) {
        public String header(String name) {
            return String.join(",", headers.getOrDefault(name, List.of()));
        }
    }

    public ScriptedServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public synchronized ScriptedServer answer(int status, String body) {
        answers.add(new Answer(status, body, Map.of()));
        return this;
    }

    /// An answer before all that are prepared.
    public synchronized ScriptedServer answerNext(int status, String body) {
        answers.addFirst(new Answer(status, body, Map.of()));
        return this;
    }

    public synchronized ScriptedServer answer(int status, String body, Map<String, String> headers) {
        answers.add(new Answer(status, body, headers));
        return this;
    }

    /// Answers every request for a target in the same way, and does not remember it.
    public ScriptedServer standing(String target, int status, String body) {
        standing.put(target, new Answer(status, body, Map.of()));
        return this;
    }

    public List<Seen> seen() {
        return List.copyOf(seen);
    }

    public Seen last() {
        return seen().getLast();
    }

    private synchronized Answer next() {
        return answers.isEmpty() ? new Answer(500, "nothing prepared", Map.of()) : answers.removeFirst();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String target = exchange.getRequestURI().toString();
            Answer answer = standing.get(target);
            if (answer == null) {
                seen.add(new Seen(exchange.getRequestMethod(), target, Map.copyOf(exchange.getRequestHeaders()), body));
                answer = next();
            }
            answer.headers()
                    .forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
