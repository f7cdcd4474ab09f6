package dev.whirl.e2e.chart.pods;

import io.fabric8.kubernetes.api.model.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What the name server of a cluster knows, for files of hosts.
///
/// @param pods all that there are
/// @param addresses of Services, by their names; those without one lead to their pods
record Names(List<PodPlan> pods, List<Service> services, Map<String, String> addresses, String namespace) {
    Names {
        pods = List.copyOf(pods);
        services = List.copyOf(services);
        addresses = Map.copyOf(addresses);
    }

    /// Entries of the form `name:address`.
    List<String> entries() {
        var all = new ArrayList<String>();
        for (Service each : services) {
            String name = each.getMetadata().getName();
            String address = addresses.get(name);
            if (address != null) {
                add(all, name, address);
                continue;
            }
            pods.stream().filter(pod -> pod.isBehind(each)).forEach(pod -> {
                add(all, name, pod.address());
                add(all, pod.name() + "." + name, pod.address());
            });
        }
        return all;
    }

    private void add(List<String> all, String name, String address) {
        Stream.of("", "." + namespace, "." + namespace + ".svc", "." + namespace + ".svc.cluster.local")
                .map(end -> name + end + ":" + address)
                .forEach(all::add);
    }
}
