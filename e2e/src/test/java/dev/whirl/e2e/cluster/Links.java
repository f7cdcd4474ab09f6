package dev.whirl.e2e.cluster;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A [Link] between each controller or invoker of a cluster and each of its engines. Other networks there are none:
/// controllers and invokers speak with each other over the broker alone.
final class Links implements AutoCloseable {
    /// Invokers first: a controller without any is not ready.
    private static final List<String> PARTS = List.of("invoker0", "invoker1", "controller0", "controller1");

    /// What is neither, and has an engine of its own.
    private static final List<String> OTHERS = List.of("gateway0", "feeds0");

    private final TestCluster cluster;
    private final Map<String, Link> links = new HashMap<>();

    private Links(TestCluster cluster) {
        this.cluster = cluster;
    }

    /// Stops what runs, writes into its configuration that the engines are behind links, and starts it again.
    static Links within(TestCluster cluster) throws Exception {
        var links = new Links(cluster);
        for (String part : PARTS.reversed()) {
            cluster.stop(part);
        }
        cluster.stop("broker");
        links.leadTheWay();
        cluster.start("broker");
        for (String part : PARTS) {
            cluster.start(part);
        }
        return links;
    }

    /// A link between the gateway and Redis, and one between the provider of feeds and the database.
    static Links ofOthers(TestCluster cluster) throws Exception {
        var links = new Links(cluster);
        for (String part : OTHERS) {
            cluster.stop(part);
        }
        URI redis = cluster.address("redis");
        Link toRedis = links.link("gateway0", "redis", redis.getPort());
        change(
                cluster.folder().resolve("gateway0.conf"),
                "gateway.redis.url = ",
                line -> line.replace(":" + redis.getPort(), ":" + toRedis.port()));
        Link toDatabase =
                links.link("feeds0", "database", cluster.address("database").getPort());
        set(cluster.folder().resolve("feeds0.conf"), "store.couchdb.url = ", "http://127.0.0.1:" + toDatabase.port());
        for (String part : OTHERS) {
            cluster.start(part);
        }
        return links;
    }

    Link between(String part, String engine) {
        Link link = links.get(part + " " + engine);
        if (link == null) {
            throw new IllegalArgumentException("no link between %s and %s".formatted(part, engine));
        }
        return link;
    }

    /// All links to an engine.
    List<Link> to(String engine) {
        return PARTS.stream().map(each -> between(each, engine)).toList();
    }

    /// Clients of a broker go where it says that it is: so it has a listener for each part, and says that this is where
    /// the part's link is.
    private void leadTheWay() throws IOException {
        var listeners = new ArrayList<String>();
        var advertised = new ArrayList<String>();
        var protocols = new ArrayList<String>();
        for (int i = 0; i < PARTS.size(); i++) {
            String part = PARTS.get(i);
            int port = cluster.sparePort(i);
            Link broker = link(part, "broker", port);
            Link database = link(part, "database", cluster.address("database").getPort());
            String name = "LINK" + i;
            listeners.add("%s://127.0.0.1:%d".formatted(name, port));
            advertised.add("%s://127.0.0.1:%d".formatted(name, broker.port()));
            protocols.add(name + ":PLAINTEXT");
            Path file = cluster.folder().resolve(part + ".conf");
            set(file, "bus.kafka.servers = ", "127.0.0.1:" + broker.port());
            set(file, "store.couchdb.url = ", "http://127.0.0.1:" + database.port());
        }
        Path file = cluster.folder().resolve("broker.properties");
        add(file, "listeners=", listeners);
        add(file, "advertised.listeners=", advertised);
        add(file, "listener.security.protocol.map=", protocols);
    }

    private Link link(String part, String engine, int port) throws IOException {
        var link = new Link(port);
        links.put(part + " " + engine, link);
        return link;
    }

    private static void set(Path file, String key, String value) throws IOException {
        change(file, key, _ -> key + value);
    }

    private static void add(Path file, String key, List<String> more) throws IOException {
        change(file, key, line -> line + "," + String.join(",", more));
    }

    private static void change(Path file, String key, java.util.function.UnaryOperator<String> change)
            throws IOException {
        List<String> lines = Files.readAllLines(file);
        if (lines.stream().filter(each -> each.startsWith(key)).count() != 1) {
            throw new AssertionError("%s must have one line %s: %s".formatted(file, key, lines));
        }
        Files.write(
                file,
                lines.stream()
                        .map(each -> each.startsWith(key) ? change.apply(each) : each)
                        .toList());
    }

    @Override
    public void close() throws IOException {
        for (Link each : links.values()) {
            each.close();
        }
    }
}
