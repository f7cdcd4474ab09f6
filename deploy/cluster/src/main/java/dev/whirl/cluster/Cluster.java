package dev.whirl.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;

/// Starts and stops all parts of a cluster, in the order in which they need each other.
final class Cluster {
    private static final String OPERATOR = "whisk.system";
    private static final List<String> USERS = List.of("guest", OPERATOR);

    private final Blueprint blueprint;
    private final Programs programs;
    private final Launcher launcher;
    private final ClusterFile file;
    private final Consumer<String> progress;

    Cluster(Blueprint blueprint, Programs programs, Consumer<String> progress) {
        this.blueprint = blueprint;
        this.programs = programs;
        this.progress = progress;
        this.launcher = new Launcher(blueprint.folder(), progress);
        this.file = new ClusterFile(blueprint.folder());
    }

    /// Starts everything and returns when calls can be made. What was started is stopped again if it fails.
    ///
    /// @return the keys of its first users
    Map<String, String> up() throws InterruptedException {
        var members = new ArrayList<Member>();
        boolean isUp = false;
        try {
            Map<String, String> keys = start(members);
            isUp = true;
            return keys;
        } finally {
            if (!isUp) {
                stop(members, launcher);
                file.delete();
            }
        }
    }

    private Map<String, String> start(List<Member> members) throws InterruptedException {
        Secrets secrets = Secrets.in(blueprint.folder());
        var broker = new Broker(blueprint, programs.java(), programs.libraries());
        var database = new Database(blueprint, programs.database(), "whirl", secrets.database());
        Optional<Redis> redis = redis(secrets.redis());
        var servers =
                new Servers(blueprint, programs.whirl(), broker, database, redis.map(Redis::url), secrets.operator());
        progress.accept("starting broker and database");
        add(members, broker.start(launcher));
        add(members, database.start(launcher));
        if (redis.isPresent()) {
            add(members, redis.get().start(launcher));
        }
        launcher.await(members);
        Map<String, String> keys = servers.prepare(launcher, USERS);
        progress.accept("starting controllers, invokers, gateways and providers of feeds");
        Blueprint.Counts counts = blueprint.counts();
        for (int i = 0; i < counts.controllers(); i++) {
            add(members, servers.controller(launcher, i));
        }
        for (int i = 0; i < counts.invokers(); i++) {
            add(members, servers.invoker(launcher, i));
        }
        for (int i = 0; i < counts.gateways(); i++) {
            add(members, servers.gateway(launcher, i));
        }
        for (int i = 0; i < counts.feeds(); i++) {
            add(members, servers.feeds(launcher, i));
        }
        if (blueprint.hasRouter()) {
            add(members, new Router(blueprint, programs.router().orElseThrow()).start(launcher));
        }
        launcher.await(members);
        awaitReady();
        String operator = Objects.requireNonNull(keys.get(OPERATOR));
        launcher.await(new FirstCall(blueprint.url().replace("localhost", "127.0.0.1"), operator));
        return keys;
    }

    private Optional<Redis> redis(String password) {
        if (!blueprint.hasGateways()) {
            return Optional.empty();
        }
        Path program = programs.redis()
                .orElseThrow(() -> new ClusterException("Gateways need redis-server, which is not installed here:"
                        + " apt-get install redis-server, or give --gateways 0."));
        return Optional.of(new Redis(blueprint, program, password));
    }

    /// Until controllers have heard of an invoker, and the others have read what they serve.
    private void awaitReady() throws InterruptedException {
        Blueprint.Counts counts = blueprint.counts();
        awaitReady("controller", counts.controllers(), blueprint::controllerPort);
        awaitReady("gateway", counts.gateways(), blueprint::gatewayPort);
        awaitReady("feeds", counts.feeds(), blueprint::feedsPort);
    }

    private void awaitReady(String role, int count, IntUnaryOperator port) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            launcher.awaitAnswer(role + i, "http://127.0.0.1:%d/ready".formatted(port.applyAsInt(i)));
        }
    }

    private void add(List<Member> members, Member member) {
        members.add(member);
        file.write(members);
    }

    /// Stops what runs, the last started first.
    static void stop(List<Member> members, Launcher launcher) throws InterruptedException {
        for (Member each : members.reversed()) {
            launcher.stop(each);
        }
    }
}
