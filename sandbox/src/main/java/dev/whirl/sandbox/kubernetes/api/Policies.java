package dev.whirl.sandbox.kubernetes.api;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.Objects;

/// The network policies of one namespace.
public final class Policies {
    private final KubernetesClient client;
    private final Operations operations;
    private final String namespace;

    Policies(KubernetesClient client, Operations operations, String namespace) {
        this.client = client;
        this.operations = operations;
        this.namespace = namespace;
    }

    /// Makes a network policy as it should be, if it is not.
    ///
    /// @throws ClusterException if it can't be made, or one of its name has other labels and so is
    ///     somebody else's
    public void ensure(NetworkPolicy policy) throws ClusterException, InterruptedException {
        String name = policy.getMetadata().getName();
        NetworkPolicy found = operations.perform(
                "look for the network policy " + name,
                () -> policies().withName(name).get());
        if (found == null) {
            create(policy);
        } else if (!Objects.equals(
                found.getMetadata().getLabels(), policy.getMetadata().getLabels())) {
            throw new ClusterException(
                    "the network policy %s is another installation's: choose another sandbox.kubernetes.installation"
                            .formatted(name));
        } else if (!Objects.equals(found.getSpec(), policy.getSpec())) {
            operations.perform(
                    "change the network policy " + name,
                    () -> policies().resource(policy).update());
        }
    }

    /// Another invoker of the installation may be faster; it makes the same one.
    private void create(NetworkPolicy policy) throws ClusterException, InterruptedException {
        try {
            operations.perform(
                    "create the network policy " + policy.getMetadata().getName(),
                    () -> policies().resource(policy).create());
        } catch (ClusterException e) {
            if (!e.isAlreadyThere()) {
                throw e;
            }
        }
    }

    private NonNamespaceOperation<NetworkPolicy, NetworkPolicyList, Resource<NetworkPolicy>> policies() {
        return client.network().v1().networkPolicies().inNamespace(namespace);
    }
}
