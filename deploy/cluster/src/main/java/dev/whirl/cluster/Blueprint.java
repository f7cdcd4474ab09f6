package dev.whirl.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a cluster is to consist of.
///
/// @param folder where everything of it is kept
/// @param port where its users call it: the router, or the first controller where there is no router
/// @param settings configuration keys of the parts, in addition
record Blueprint(Path folder, int port, Counts counts, boolean hasRouter, Map<String, String> settings) {
    private static final int BROKER = 1;
    private static final int QUORUM = 2;
    private static final int DATABASE = 3;
    private static final int REDIS = 4;
    private static final int FIRST_CONTROLLER = 10;
    private static final int FIRST_INVOKER = 30;
    private static final int FIRST_GATEWAY = 50;
    private static final int FIRST_FEEDS = 60;

    Blueprint {
        settings = Map.copyOf(settings);
    }

    /// How many of each there are.
    ///
    /// @param gateways with a Redis, if there are any
    /// @param feeds providers of feeds
    record Counts(int controllers, int invokers, int gateways, int feeds) {}

    /// Ports follow the one that users know, so that several clusters fit on a machine.
    int brokerPort() {
        return port + BROKER;
    }

    int quorumPort() {
        return port + QUORUM;
    }

    int databasePort() {
        return port + DATABASE;
    }

    int redisPort() {
        return port + REDIS;
    }

    int controllerPort(int number) {
        return hasRouter || number > 0 ? port + FIRST_CONTROLLER + number : port;
    }

    int invokerPort(int number) {
        return port + FIRST_INVOKER + number;
    }

    int gatewayPort(int number) {
        return port + FIRST_GATEWAY + number;
    }

    int feedsPort(int number) {
        return port + FIRST_FEEDS + number;
    }

    boolean hasGateways() {
        return counts.gateways() > 0;
    }

    String url() {
        return "http://localhost:" + port;
    }

    List<Integer> ports() {
        var all = new ArrayList<Integer>(List.of(port, brokerPort(), quorumPort(), databasePort()));
        for (int i = 0; i < counts.controllers(); i++) {
            all.add(controllerPort(i));
        }
        for (int i = 0; i < counts.invokers(); i++) {
            all.add(invokerPort(i));
        }
        if (hasGateways()) {
            all.add(redisPort());
        }
        for (int i = 0; i < counts.gateways(); i++) {
            all.add(gatewayPort(i));
        }
        for (int i = 0; i < counts.feeds(); i++) {
            all.add(feedsPort(i));
        }
        return all.stream().distinct().toList();
    }
}
