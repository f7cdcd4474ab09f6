package dev.whirl.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// The parts of a cluster that a distribution has. What they are told stands in files of their own, not on their
/// command lines.
///
/// @param program `bin/whirl` of the distribution
/// @param redis address of the Redis of the gateways, if there are any
/// @param operator the password with which parts are asked how they are
record Servers(
        Blueprint blueprint, Path program, Broker broker, Database database, Optional<String> redis, String operator) {
    private static final String OPERATOR = "operator";
    private static final List<String> CONTROLLERS_ALONE =
            List.of("controller.", "http.", "placement.", "access.", "actions.", "events.", "gateway.", "feeds.");
    private static final List<String> INVOKERS_ALONE = List.of("invoker.", "pool.", "sandbox.", "logs.");
    private static final List<String> OF_GATEWAYS = List.of("gateway.", "http.");
    private static final List<String> OF_FEEDS = List.of("feeds.", "http.", "store.", "bus.", "access.");

    Member controller(Launcher launcher, int number) {
        String name = "controller" + number;
        int port = blueprint.controllerPort(number);
        Map<String, String> settings = common();
        settings.put("controller.id", Integer.toString(number));
        settings.put("http.port", Integer.toString(port));
        settings.putAll(ofGateways());
        settings.putAll(ofFeeds());
        return start(launcher, "controller", name, port, settings);
    }

    Member gateway(Launcher launcher, int number) {
        int port = blueprint.gatewayPort(number);
        Map<String, String> settings = ofGateways();
        settings.put("http.port", Integer.toString(port));
        settings.put("gateway.controllers", String.join(",", controllers()));
        return start(launcher, "gateway", "gateway" + number, port, settings);
    }

    Member feeds(Launcher launcher, int number) {
        int port = blueprint.feedsPort(number);
        Map<String, String> settings = common();
        settings.putAll(ofFeeds());
        settings.put("http.port", Integer.toString(port));
        settings.put("feeds.api-host", blueprint.url());
        settings.put("controller.user", OPERATOR);
        settings.put("controller.pass", operator);
        return start(launcher, "feeds", "feeds" + number, port, settings);
    }

    private List<String> controllers() {
        return IntStream.range(0, blueprint.counts().controllers())
                .mapToObj(each -> "http://127.0.0.1:" + blueprint.controllerPort(each))
                .toList();
    }

    /// What controllers and gateways agree on.
    private Map<String, String> ofGateways() {
        var settings = new LinkedHashMap<String, String>();
        redis.ifPresent(address -> {
            settings.put("gateway.redis.url", address);
            settings.put("gateway.url", blueprint.url());
            settings.put("gateway.user", OPERATOR);
            settings.put("gateway.pass", operator);
        });
        return settings;
    }

    /// What controllers and providers of feeds agree on. Functions share the machine's network anyway.
    private Map<String, String> ofFeeds() {
        var settings = new LinkedHashMap<String, String>();
        settings.put("feeds.url", blueprint.url());
        settings.put("feeds.allowed-hosts", "*");
        return settings;
    }

    Member invoker(Launcher launcher, int number) {
        String name = "invoker" + number;
        int port = blueprint.invokerPort(number);
        Map<String, String> settings = common();
        settings.put("invoker.id", Integer.toString(number));
        settings.put("invoker.http.enabled", "yes");
        settings.put("invoker.http.port", Integer.toString(port));
        settings.put("invoker.user", OPERATOR);
        settings.put("invoker.pass", operator);
        settings.put("invoker.scratch", blueprint.folder().resolve(name).toString());
        settings.put("sandbox.process.api-host", blueprint.url());
        return start(launcher, "invoker", name, port, settings);
    }

    /// The databases with their design documents, a user for each name that has no key yet, and the catalog.
    ///
    /// @return the keys by name
    Map<String, String> prepare(Launcher launcher, List<String> users) throws InterruptedException {
        Path file = write("admin", common());
        launcher.run("init db", admin(file, "init-db"), Map.of());
        var keys = new LinkedHashMap<String, String>();
        for (String user : users) {
            keys.put(user, key(launcher, file, user));
        }
        launcher.run("install catalog", admin(file, "install-catalog"), Map.of());
        return keys;
    }

    private String key(Launcher launcher, Path file, String user) throws InterruptedException {
        try {
            return launcher.run("user create", admin(file, "user", "create", user), Map.of())
                    .strip();
        } catch (ClusterException _) { // it is there from an earlier time
            return launcher.run("user get", admin(file, "user", "get", user), Map.of())
                    .strip();
        }
    }

    private List<String> admin(Path file, String... words) {
        var command = new ArrayList<>(List.of(program.toString(), "admin"));
        command.addAll(List.of(words));
        command.addAll(List.of("--config", file.toString()));
        return command;
    }

    private Member start(Launcher launcher, String role, String name, int port, Map<String, String> settings) {
        blueprint.settings().forEach((key, value) -> {
            if (isFor(role, key)) {
                settings.put(key, value);
            }
        });
        Path file = write(name, settings);
        List<String> command = List.of(program.toString(), role, "--config", file.toString());
        return launcher.start(role, name, "http://127.0.0.1:%d/ping".formatted(port), command, Map.of());
    }

    /// Each part refuses keys that it does not know: those of the other roles are kept from it.
    private static boolean isFor(String role, String key) {
        return switch (role) {
            case "gateway" -> OF_GATEWAYS.stream().anyMatch(key::startsWith);
            case "feeds" -> OF_FEEDS.stream().anyMatch(key::startsWith);
            case "invoker" -> CONTROLLERS_ALONE.stream().noneMatch(key::startsWith);
            default -> INVOKERS_ALONE.stream().noneMatch(key::startsWith);
        };
    }

    private Map<String, String> common() {
        var settings = new LinkedHashMap<String, String>();
        settings.put("bus.kafka.servers", broker.address());
        settings.put("store.couchdb.url", database.address());
        settings.put("store.couchdb.user", database.user());
        settings.put("store.couchdb.password", database.password());
        return settings;
    }

    private Path write(String name, Map<String, String> settings) {
        Path file = blueprint.folder().resolve(name + ".conf");
        var text = new StringBuilder();
        settings.forEach(
                (key, value) -> text.append(key).append(" = ").append(value).append('\n'));
        OwnFile.write(file, text.toString());
        return file;
    }
}
