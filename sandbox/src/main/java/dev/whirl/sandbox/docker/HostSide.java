package dev.whirl.sandbox.docker;

import dev.whirl.sandbox.docker.engine.BridgeOrder;
import dev.whirl.sandbox.docker.engine.Engine;
import dev.whirl.sandbox.docker.network.ContainerNetwork;
import dev.whirl.sandbox.docker.network.NetworkFilter;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What all containers of a server have on the engine's machine: their bridge, and the rules for it.
///
/// @param apiHost what functions are told
record HostSide(Engine engine, String network, String apiHost, Optional<NetworkFilter> filter)
        implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HostSide.class);

    static HostSide prepare(
            Engine engine,
            DockerSandboxConfig config,
            DockerSandboxes.Surroundings surroundings,
            ContainerLabels labels)
            throws IOException, InterruptedException {
        DockerSandboxConfig.Access access = config.access();
        String name = labels.shortName();
        boolean isInternal = access.kind() == ContainerNetwork.NONE;
        String gateway = engine.network(new BridgeOrder(name, name, labels.ofNetwork(), isInternal));
        String apiHost = access.apiHost().isEmpty() ? seenFrom(gateway, surroundings.apiAddress()) : access.apiHost();
        Optional<NetworkFilter> filter = Optional.empty();
        if (access.kind() != ContainerNetwork.OPEN) {
            OptionalInt apiPort =
                    isInternal ? OptionalInt.empty() : OptionalInt.of(port(URI.create(surroundings.apiAddress())));
            filter = Optional.of(NetworkFilter.write(
                    new NetworkFilter.Rules(name, access.denied(), NetworkFilter.nameServers(), apiPort)));
        } else {
            log.atWarn().log("sandbox.docker.network=open: functions reach whatever the engine's machine reaches");
        }
        return new HostSide(engine, name, apiHost, filter);
    }

    @Override
    public void close() {
        try {
            engine.removeNetwork(network);
            filter.ifPresent(NetworkFilter::close);
        } catch (IOException e) {
            log.atWarn()
                    .addKeyValue("network", network)
                    .addKeyValue("reason", e.getMessage())
                    .log("the network of the containers stays, and so do its rules: somebody is still on it");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String seenFrom(String gateway, String apiAddress) {
        URI address = URI.create(apiAddress);
        String host = String.valueOf(address.getHost());
        if (!host.equals("localhost") && !host.startsWith("127.")) {
            return apiAddress;
        }
        return "%s://%s:%d".formatted(address.getScheme(), gateway, port(address));
    }

    private static int port(URI address) {
        int standard = "https".equals(address.getScheme()) ? 443 : 80;
        return address.getPort() < 0 ? standard : address.getPort();
    }
}
