package dev.whirl.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.whirl.bench.http.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A platform in one class on port 0: it knows which entities are there and counts what it was asked.
public final class StubPlatform implements AutoCloseable {
    /// Who may read its metrics.
    public static final String OPERATOR_KEY = "operator:key";

    private static final String OPERATOR =
            "Basic " + Base64.getEncoder().encodeToString(OPERATOR_KEY.getBytes(StandardCharsets.UTF_8));

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private final AtomicLong pings = new AtomicLong();
    private final AtomicLong invocations = new AtomicLong();
    private final AtomicLong looks = new AtomicLong();
    private final Deque<String> gauges = new ConcurrentLinkedDeque<>();
    private final Set<String> actions = ConcurrentHashMap.newKeySet();
    private final Set<String> created = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> recorded = new ConcurrentHashMap<>();
    private volatile boolean forgetful;
    private volatile boolean refusing;
    private final Set<String> invoked = ConcurrentHashMap.newKeySet();

    public StubPlatform() throws IOException {
        this(0);
    }

    private StubPlatform(int port) throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 128);
        server.setExecutor(threads);
        server.createContext("/ping", this::ping);
        server.createContext("/metrics", this::metrics);
        server.createContext("/fail", exchange -> answer(exchange, 502, "{}"));
        server.createContext("/api/v1/namespaces", exchange -> answer(exchange, 200, "[\"guest\"]"));
        server.createContext("/api/v1/namespaces/_/actions/", this::entity);
        server.createContext("/api/v1/namespaces/_/actions", exchange -> answer(exchange, 200, "[]"));
        server.createContext("/api/v1/namespaces/_/activations", this::count);
        server.createContext("/api/v1/namespaces/_/triggers/", this::entity);
        server.createContext("/api/v1/namespaces/_/rules/", this::entity);
        server.createContext("/api/v1/web/guest/default/", this::web);
        server.start();
    }

    /// The stub as a process of its own, started as a server is: with `--port N` and more that it leaves out.
    @SuppressWarnings("resource") // it serves until the process ends
    public static void main(String[] arguments) throws IOException {
        List<String> all = List.of(arguments);
        var _ = new StubPlatform(Integer.parseInt(all.get(all.indexOf("--port") + 1)));
    }

    public Endpoint endpoint() {
        return new Endpoint("127.0.0.1", server.getAddress().getPort());
    }

    public long pings() {
        return pings.get();
    }

    public long invocations() {
        return invocations.get();
    }

    /// Names of the entities that are there now.
    public Set<String> actions() {
        return actions;
    }

    /// Names of all entities that were ever created.
    public Set<String> created() {
        return created;
    }

    /// What the gauge of stem cells shows, look by look; the last one for good. Without it there is none.
    public void stemCells(String kind, int... counts) {
        for (int count : counts) {
            gauges.add("whirl_pool_stem_cells{kind=\"%s\"} %d.0\n".formatted(kind, count));
        }
    }

    /// After those it has two stem cells for each of these kinds whenever somebody looks.
    public void alwaysStemCells(String... kinds) {
        gauges.add(Stream.of(kinds)
                .map("whirl_pool_stem_cells{kind=\"%s\"} 2.0\n"::formatted)
                .collect(Collectors.joining()));
    }

    /// How often its metrics were asked for.
    public long looks() {
        return looks.get();
    }

    private void metrics(HttpExchange exchange) throws IOException {
        if (!OPERATOR.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            answer(exchange, 403, "{}");
            return;
        }
        looks.incrementAndGet();
        String shown = gauges.size() > 1 ? gauges.removeFirst() : gauges.peekFirst();
        answer(exchange, 200, shown == null ? "" : shown);
    }

    private void ping(HttpExchange exchange) throws IOException {
        pings.incrementAndGet();
        exchange.getRequestBody().readAllBytes();
        answer(exchange, 200, "pong");
    }

    private void entity(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String name = path.substring(path.lastIndexOf('/') + 1);
        exchange.getRequestBody().readAllBytes();
        switch (exchange.getRequestMethod()) {
            case "PUT" -> create(exchange, name);
            case "GET" -> answer(exchange, actions.contains(name) ? 200 : 404, "{}");
            case "DELETE" -> answer(exchange, actions.remove(name) ? 200 : 404, "{}");
            case "POST" -> post(exchange, name);
            default -> answer(exchange, 405, "{}");
        }
    }

    private void post(HttpExchange exchange, String name) throws IOException {
        boolean isWaiting = "blocking=true".equals(exchange.getRequestURI().getQuery());
        if (isWaiting || !actions.contains(name)) {
            invoke(exchange, name);
        } else {
            if (!forgetful) {
                recorded.merge(name, 1, Integer::sum);
            }
            answer(exchange, 202, "{}");
        }
    }

    /// From now on it accepts calls and keeps no record of them.
    public void forget() {
        forgetful = true;
    }

    /// From now on it answers every blocking call with a failure.
    public void refuseCalls() {
        refusing = true;
    }

    private void count(HttpExchange exchange) throws IOException {
        String query = Objects.requireNonNullElse(exchange.getRequestURI().getQuery(), "");
        if (!query.contains("count=true")) {
            answer(exchange, 200, "[{\"activationId\":\"0123\"}]");
            return;
        }
        int found = recorded.getOrDefault(query.substring(query.indexOf("name=") + "name=".length()), 0);
        answer(exchange, 200, "{\"activations\":%d}".formatted(found));
    }

    private void web(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        exchange.getRequestBody().readAllBytes();
        boolean isThere = actions.contains(path.substring(path.lastIndexOf('/') + 1, path.length() - ".json".length()));
        answer(exchange, isThere ? 200 : 404, "{}");
    }

    private void create(HttpExchange exchange, String name) throws IOException {
        if (name.startsWith("refused")) {
            answer(exchange, 400, "{\"error\":\"no\"}");
            return;
        }
        actions.add(name);
        created.add(name);
        answer(exchange, 200, "{}");
    }

    private void invoke(HttpExchange exchange, String name) throws IOException {
        invocations.incrementAndGet();
        boolean isFirst = invoked.add(name);
        String annotations = isFirst ? "[{\"key\":\"initTime\",\"value\":7}]" : "[]";
        int status = refusing ? 502 : actions.contains(name) ? 200 : 404;
        answer(exchange, status, "{\"annotations\":" + annotations + "}");
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
