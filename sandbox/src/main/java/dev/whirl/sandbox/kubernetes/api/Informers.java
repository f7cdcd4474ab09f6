package dev.whirl.sandbox.kubernetes.api;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// Makes watches of the same pods, each of which is taken up again when its connection breaks off.
///
/// @param fresh makes one that is not started
record Informers(Supplier<SharedIndexInformer<Pod>> fresh, Operations operations) {
    /// Starts a watch and waits until it has shown what is there.
    SharedIndexInformer<Pod> start(ResourceEventHandler<Pod> handler) throws ClusterException, InterruptedException {
        return operations.perform("watch pods", () -> started(handler));
    }

    private SharedIndexInformer<Pod> started(ResourceEventHandler<Pod> handler) {
        SharedIndexInformer<Pod> informer = fresh.get();
        informer.addEventHandler(handler);
        informer.exceptionHandler((isStarted, _) -> isStarted);
        boolean isStarted = false;
        try {
            informer.start().toCompletableFuture().get(Connection.ANSWER.toSeconds(), TimeUnit.SECONDS);
            isStarted = true;
            return informer;
        } catch (ExecutionException e) {
            throw KubernetesClientException.launderThrowable(e.getCause());
        } catch (TimeoutException | InterruptedException e) {
            throw new KubernetesClientException("the watch did not begin", e);
        } finally {
            if (!isStarted) {
                informer.close();
            }
        }
    }
}
