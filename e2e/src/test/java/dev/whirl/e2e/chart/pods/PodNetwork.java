package dev.whirl.e2e.chart.pods;

import dev.whirl.e2e.support.Commands;
import dev.whirl.e2e.support.Docker;

/// The network of pods: a bridge of the engine on this machine. Addresses of Services are addresses of the bridge.
final class PodNetwork implements AutoCloseable {
    static final String NAME = "whirl-chart";

    private static final String DEVICE = "whirl-chart0";
    private static final String PODS = "198.18.77.";
    private static final String SERVICES = "198.18.78.";
    private static final int FIRST_POD = 10;

    private int pods = FIRST_POD;
    private int services;

    PodNetwork() {
        if (!Docker.run("network", "ls", "--quiet", "--filter", "name=^" + NAME + "$")
                .isEmpty()) {
            close(); // a process of tests was killed
        }
        Docker.run(
                "network",
                "create",
                "--subnet",
                PODS + "0/24",
                "--gateway",
                node(),
                "--opt",
                "com.docker.network.bridge.name=" + DEVICE,
                NAME);
    }

    /// Where pods find this machine.
    static String node() {
        return PODS + 1;
    }

    String newPodAddress() {
        return PODS + pods++;
    }

    /// An address of this machine that pods and pods on the node's network reach.
    String newServiceAddress() {
        services++;
        Commands.run("ip", "address", "add", SERVICES + services + "/32", "dev", DEVICE);
        return SERVICES + services;
    }

    @Override
    public void close() {
        Docker.run("network", "rm", NAME);
    }
}
