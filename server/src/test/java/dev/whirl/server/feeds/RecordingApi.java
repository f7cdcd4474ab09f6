package dev.whirl.server.feeds;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.whirl.model.json.MalformedJsonException;
import dev.whirl.model.json.RawJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;

/// What providers see of the platform: it takes every firing and remembers it. The monitor guards [#firings].
final class RecordingApi implements AutoCloseable {
    /// @param scheduled for which time
    /// @param isMarked whether it says that it may be a repetition
    record Firing(Instant scheduled, Instant at, boolean isMarked) {}

    private final HttpServer server;
    private final Map<String, List<Firing>> firings = new TreeMap<>();

    private RecordingApi(HttpServer server) {
        this.server = server;
    }

    static RecordingApi start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        var api = new RecordingApi(server);
        server.createContext("/api/v1/namespaces/guest/triggers/", api::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        return api;
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// What was fired so far, by trigger.
    synchronized Map<String, List<Firing>> firings() {
        var copy = new TreeMap<String, List<Firing>>();
        firings.forEach((name, list) -> copy.put(name, List.copyOf(list)));
        return copy;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String name = exchange.getRequestURI().getPath().replaceFirst(".*/", "");
            RawJson about = RawJson.parse(exchange.getRequestBody().readAllBytes())
                    .field("_feed")
                    .orElseThrow();
            Instant scheduled = Instant.parse(
                    about.field("scheduled").orElseThrow().asText().orElseThrow());
            remember(name, new Firing(scheduled, Instant.now(), about.hasField("duplicate")));
            exchange.sendResponseHeaders(204, -1);
        } catch (MalformedJsonException e) {
            throw new IOException(e);
        }
    }

    private synchronized void remember(String name, Firing firing) {
        firings.computeIfAbsent(name, _ -> new ArrayList<>()).add(firing);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
