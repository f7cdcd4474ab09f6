package dev.whirl.e2e.chart.pods;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// All Services of a release that have an address of their own.
final class Services implements AutoCloseable {
    private static final String NONE = "None";

    private final Map<String, String> addresses = new LinkedHashMap<>();
    private final List<Door> doors = new ArrayList<>();

    private record Door(Service service, ServicePort port, ServiceForwarder forwarder) {}

    Services(List<Service> all, PodNetwork network) {
        for (Service each : all) {
            if (NONE.equals(each.getSpec().getClusterIP())) {
                continue;
            }
            String address = network.newServiceAddress();
            addresses.put(each.getMetadata().getName(), address);
            each.getSpec()
                    .getPorts()
                    .forEach(port -> doors.add(new Door(each, port, new ServiceForwarder(address, port.getPort()))));
        }
    }

    /// By their names.
    Map<String, String> addresses() {
        return Map.copyOf(addresses);
    }

    /// Leads to the pods that are ready now.
    synchronized void lead(List<PodPlan> pods, Predicate<PodPlan> isReady) {
        for (Door each : doors) {
            boolean hasAll = Boolean.TRUE.equals(each.service().getSpec().getPublishNotReadyAddresses());
            List<InetSocketAddress> targets = pods.stream()
                    .filter(pod -> pod.isBehind(each.service()))
                    .filter(pod -> hasAll || isReady.test(pod))
                    .map(pod -> pod.target(each.port()))
                    .toList();
            each.forwarder().lead(targets);
        }
    }

    @Override
    public void close() throws IOException {
        for (Door each : doors) {
            each.forwarder().close();
        }
    }
}
