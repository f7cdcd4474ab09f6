package dev.whirl.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Starts and stops all parts of a cluster, in the order in which they need each other.
final class Cluster {
    private static final List<String> USERS = List.of("guest", "whisk.system");

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
        String password = Secrets.in(blueprint.folder()).database();
        var broker = new Broker(blueprint, programs.java(), programs.libraries());
        var database = new Database(blueprint, programs.database(), "whirl", password);
        var servers = new Servers(
                blueprint,
                programs.whirl(),
                broker,
                database,
                Secrets.in(blueprint.folder()).operator());
        progress.accept("starting broker and database");
        add(members, broker.start(launcher));
        add(members, database.start(launcher));
        launcher.await(members);
        Map<String, String> keys = servers.prepare(launcher, USERS);
        progress.accept("starting controllers and invokers");
        for (int i = 0; i < blueprint.controllers(); i++) {
            add(members, servers.controller(launcher, i));
        }
        for (int i = 0; i < blueprint.invokers(); i++) {
            add(members, servers.invoker(launcher, i));
        }
        if (blueprint.hasRouter()) {
            add(members, new Router(blueprint, programs.router().orElseThrow()).start(launcher));
        }
        launcher.await(members);
        awaitReady();
        return keys;
    }

    /// Until a controller has heard of an invoker.
    private void awaitReady() throws InterruptedException {
        for (int i = 0; i < blueprint.controllers(); i++) {
            launcher.awaitAnswer("controller" + i, "http://127.0.0.1:%d/ready".formatted(blueprint.controllerPort(i)));
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
