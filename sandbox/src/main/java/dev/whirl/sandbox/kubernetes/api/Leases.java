package dev.whirl.sandbox.kubernetes.api;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The leases of one namespace: objects that say, by being renewed, that somebody lives.
public final class Leases {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final KubernetesClient client;
    private final Operations operations;
    private final String namespace;

    Leases(KubernetesClient client, Operations operations, String namespace) {
        this.client = client;
        this.operations = operations;
        this.namespace = namespace;
    }

    /// Makes a lease. That it is there already is as good: nobody else gives one that name.
    public void create(Lease lease) throws ClusterException, InterruptedException {
        try {
            operations.perform(
                    "create the lease " + name(lease),
                    () -> leases().resource(lease).create());
        } catch (ClusterException e) {
            if (!e.isAlreadyThere()) {
                throw e;
            }
        }
    }

    /// Says that its holder lives.
    ///
    /// @throws ClusterException which [ClusterException#isMissing] if there is no such lease
    public void renew(String name, Instant now) throws ClusterException, InterruptedException {
        String patch = "{\"spec\":{\"renewTime\":\"%s\"}}".formatted(TIME.format(now));
        operations.perform(
                "renew the lease " + name,
                () -> leases().withName(name).patch(PatchContext.of(PatchType.JSON_MERGE), patch));
    }

    /// All leases with these labels.
    public List<Lease> list(Map<String, String> labels) throws ClusterException, InterruptedException {
        return operations.perform(
                "list leases", () -> leases().withLabels(labels).list().getItems());
    }

    /// Removes a lease. That it is not there is as good.
    public void delete(String name, Duration patience) throws ClusterException, InterruptedException {
        operations.perform(
                "delete the lease " + name,
                patience,
                () -> leases().withName(name).delete());
    }

    private static String name(Lease lease) {
        return lease.getMetadata().getName();
    }

    private NonNamespaceOperation<Lease, LeaseList, Resource<Lease>> leases() {
        return client.leases().inNamespace(namespace);
    }
}
