package dev.whirl.sandbox.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.Quantity;

/// What a kubelet says of a pod.
final class PodStatuses {
    private PodStatuses() {}

    static PodStatus running(String address, long memoryBytes) {
        return pod(
                "Running",
                address,
                memoryBytes,
                new ContainerStateBuilder().withNewRunning().endRunning().build());
    }

    static PodStatus ended(String address, long memoryBytes, int exit, boolean ranOutOfMemory) {
        ContainerState state = new ContainerStateBuilder()
                .withNewTerminated()
                .withExitCode(exit)
                .withReason(ranOutOfMemory ? "OOMKilled" : exit == 0 ? "Completed" : "Error")
                .endTerminated()
                .build();
        return pod(exit == 0 ? "Succeeded" : "Failed", address, memoryBytes, state);
    }

    static PodStatus waiting(String reason, String message) {
        ContainerState state = new ContainerStateBuilder()
                .withNewWaiting()
                .withReason(reason)
                .withMessage(message)
                .endWaiting()
                .build();
        return new PodStatusBuilder()
                .withPhase("Pending")
                .addNewContainerStatus()
                .withName("user-action")
                .withState(state)
                .endContainerStatus()
                .build();
    }

    static PodStatus unscheduled() {
        return new PodStatusBuilder()
                .withPhase("Pending")
                .addNewCondition()
                .withType("PodScheduled")
                .withStatus("False")
                .withReason("Unschedulable")
                .withMessage("0/1 nodes are available: 1 Insufficient memory.")
                .endCondition()
                .build();
    }

    static PodStatus nodeLost() {
        return new PodStatusBuilder(running("127.0.0.1", 1 << 28))
                .withReason("NodeLost")
                .withMessage("Node a which was running pod b is unresponsive")
                .build();
    }

    static PodStatus unknownEnd() {
        ContainerState state = new ContainerStateBuilder()
                .withNewTerminated()
                .withExitCode(137)
                .withReason("ContainerStatusUnknown")
                .withMessage("The container could not be located when the pod was terminated")
                .endTerminated()
                .build();
        return pod("Failed", "127.0.0.1", 1 << 28, state);
    }

    static PodStatus evicted() {
        return new PodStatusBuilder()
                .withPhase("Failed")
                .withReason("Evicted")
                .withMessage("The node was low on resource: memory.")
                .build();
    }

    private static PodStatus pod(String phase, String address, long memoryBytes, ContainerState state) {
        return new PodStatusBuilder()
                .withPhase(phase)
                .withPodIP(address)
                .withContainerStatuses(new ContainerStatusBuilder()
                        .withName("user-action")
                        .withState(state)
                        .withNewResources()
                        .addToLimits("memory", new Quantity(Long.toString(memoryBytes)))
                        .endResources()
                        .build())
                .build();
    }
}
