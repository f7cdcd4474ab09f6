package dev.whirl.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What a cluster is to consist of.
///
/// @param folder where everything of it is kept
/// @param port where its users call it: the router, or the first controller where there is no router
/// @param settings configuration keys of the controllers and invokers, in addition
record Blueprint(
        Path folder, int port, int controllers, int invokers, boolean hasRouter, Map<String, String> settings) {
    private static final int BROKER = 1;
    private static final int QUORUM = 2;
    private static final int DATABASE = 3;
    private static final int FIRST_CONTROLLER = 10;
    private static final int FIRST_INVOKER = 30;

    Blueprint {
        settings = Map.copyOf(settings);
    }

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

    int controllerPort(int number) {
        return hasRouter || number > 0 ? port + FIRST_CONTROLLER + number : port;
    }

    int invokerPort(int number) {
        return port + FIRST_INVOKER + number;
    }

    String url() {
        return "http://localhost:" + port;
    }

    List<Integer> ports() {
        var all = new java.util.ArrayList<Integer>(List.of(port, brokerPort(), quorumPort(), databasePort()));
        for (int i = 0; i < controllers; i++) {
            all.add(controllerPort(i));
        }
        for (int i = 0; i < invokers; i++) {
            all.add(invokerPort(i));
        }
        return all.stream().distinct().toList();
    }
}
