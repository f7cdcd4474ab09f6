package dev.whirl.sandbox.kubernetes.api;

import dev.whirl.common.units.ByteSize;
import dev.whirl.sandbox.kubernetes.manifest.PodManifest;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How a pod of one action container stands.
public sealed interface PodState {
    /// Its container does not run yet.
    ///
    /// @param hindrance why, in the cluster's words; empty if nothing is wrong
    record Pending(Hindrance hindrance, String detail) implements PodState {}

    /// Its container runs.
    ///
    /// @param memory its limit, if the cluster tells
    /// @param refusal why a new limit was not put into effect; empty if nothing is wrong
    record Running(String address, Optional<ByteSize> memory, String refusal) implements PodState {}

    /// Its container ended by itself, or because of what it did.
    record Ended(int exitStatus, boolean ranOutOfMemory, String detail) implements PodState {}

    /// The cluster takes it away; its container may have a moment left.
    ///
    /// @param left how long, from when this is said; empty if that is not settled yet
    record Leaving(String reason, Optional<Duration> left) implements PodState {}

    /// The cluster took it away.
    record Lost(String reason) implements PodState {}

    /// What keeps a container from running.
    enum Hindrance {
        /// Nothing but time.
        NONE,
        /// No node has room for it, or it may go to none.
        UNSCHEDULABLE,
        /// Its image can't be had.
        IMAGE,
        /// The image has no program to start, or one that can't be started.
        PROGRAM,
        /// It may not run so, or something that it names is missing.
        CONFIGURATION
    }

    /// A node's pods have this reason once the cluster has given it up.
    String NODE_LOST = "NodeLost";

    /// A container has this one if it was not there any more when its node came back.
    String UNKNOWN_END = "ContainerStatusUnknown";

    Pattern OVER_DISK_LIMIT =
            Pattern.compile("exceeds the total limit|exceeded its local ephemeral storage limit|exceeds the limit");

    /// Nothing is known of it yet.
    static PodState created() {
        return new Pending(Hindrance.NONE, "");
    }

    Set<String> IMAGE_REASONS = Set.of(
            "ErrImagePull",
            "ImagePullBackOff",
            "InvalidImageName",
            "ErrImageNeverPull",
            "ImageInspectError",
            "RegistryUnavailable");
    Set<String> PROGRAM_REASONS =
            Set.of("RunContainerError", "CreateContainerError", "StartError", "ContainerCannotRun");
    Set<String> CONFIGURATION_REASONS = Set.of("CreateContainerConfigError");
    Set<String> PLATFORM_REASONS = Set.of(
            "Evicted",
            "NodeShutdown",
            "Terminated",
            "Shutdown",
            "Preempting",
            "UnexpectedAdmissionError",
            "NodeAffinity",
            "OutOfcpu",
            "OutOfmemory",
            "OutOfpods",
            "OutOfephemeral-storage");

    /// Whether it is over with the container, or will be in a moment.
    default boolean isOver() {
        return switch (this) {
            case Pending _, Running _ -> false;
            case Ended _, Leaving _, Lost _ -> true;
        };
    }

    /// Whether nothing comes after it.
    default boolean isFinal() {
        return this instanceof Ended || this instanceof Lost;
    }

    static PodState of(Pod pod) {
        PodStatus status = pod.getStatus() == null ? new PodStatus() : pod.getStatus();
        boolean isLeaving = pod.getMetadata().getDeletionTimestamp() != null;
        String phase = String.valueOf(status.getPhase());
        Optional<ContainerStatus> container = container(status);
        Optional<ContainerStateTerminated> end =
                container.map(ContainerStatus::getState).map(ContainerState::getTerminated);
        if (wroteTooMuch(status)) {
            return new Ended(-1, false, told(status));
        }
        if (isOutOfSight(status, end)) {
            return new Lost(told(status, end));
        }
        String taken = takenAway(status);
        if (!taken.isEmpty() && (end.isPresent() || phase.equals("Failed"))) {
            return new Lost(taken);
        }
        if (end.isPresent()) {
            return isLeaving ? new Lost("the pod was deleted") : ended(end.get());
        }
        if (phase.equals("Failed") || phase.equals("Succeeded")) {
            return isLeaving ? new Lost("the pod was deleted") : new Ended(-1, false, told(status));
        }
        if (isLeaving) {
            return new Leaving(taken.isEmpty() ? "the pod is being deleted" : taken, Optional.of(grace(pod)));
        }
        return !taken.isEmpty() ? new Leaving(taken, Optional.empty()) : living(status, container);
    }

    private static Duration grace(Pod pod) {
        Long seconds = pod.getMetadata().getDeletionGracePeriodSeconds();
        return Duration.ofSeconds(seconds == null ? PodManifest.GRACE_SECONDS : seconds);
    }

    /// Whether its node does not answer, so that nobody knows how its container fares: what is
    /// under way there is awaited in vain.
    private static boolean isOutOfSight(PodStatus status, Optional<ContainerStateTerminated> end) {
        return NODE_LOST.equals(status.getReason())
                || "Unknown".equals(status.getPhase())
                || end.filter(each -> UNKNOWN_END.equals(each.getReason())).isPresent();
    }

    private static String told(PodStatus status, Optional<ContainerStateTerminated> end) {
        return end.map(each -> sentence(String.valueOf(each.getReason()), each.getMessage()))
                .orElseGet(() -> status.getReason() == null ? "the pod's node does not answer" : told(status));
    }

    private static PodState living(PodStatus status, Optional<ContainerStatus> container) {
        boolean isRunning = container
                .map(ContainerStatus::getState)
                .map(ContainerState::getRunning)
                .isPresent();
        String address = status.getPodIP();
        if (isRunning && address != null && !address.isEmpty()) {
            return new Running(address, memory(container.orElseThrow()), refusal(status));
        }
        return container
                .map(ContainerStatus::getState)
                .map(ContainerState::getWaiting)
                .<PodState>map(PodState::waiting)
                .orElseGet(() -> unscheduled(status));
    }

    private static PodState waiting(ContainerStateWaiting waiting) {
        String reason = String.valueOf(waiting.getReason());
        Hindrance hindrance = hindrance(reason);
        return new Pending(hindrance, hindrance == Hindrance.NONE ? "" : sentence(reason, waiting.getMessage()));
    }

    private static Hindrance hindrance(String reason) {
        if (IMAGE_REASONS.contains(reason)) {
            return Hindrance.IMAGE;
        }
        if (PROGRAM_REASONS.contains(reason)) {
            return Hindrance.PROGRAM;
        }
        return CONFIGURATION_REASONS.contains(reason) ? Hindrance.CONFIGURATION : Hindrance.NONE;
    }

    private static PodState unscheduled(PodStatus status) {
        return condition(status, "PodScheduled")
                .filter(each -> "False".equals(each.getStatus()) && "Unschedulable".equals(each.getReason()))
                .<PodState>map(
                        each -> new Pending(Hindrance.UNSCHEDULABLE, sentence("Unschedulable", each.getMessage())))
                .orElseGet(PodState::created);
    }

    private static PodState ended(ContainerStateTerminated end) {
        int status = end.getExitCode() == null ? -1 : end.getExitCode();
        String reason = String.valueOf(end.getReason());
        if (PROGRAM_REASONS.contains(reason)) {
            return new Pending(Hindrance.PROGRAM, sentence(reason, end.getMessage()));
        }
        return new Ended(status, reason.equals("OOMKilled"), sentence(reason, end.getMessage()));
    }

    /// Why the cluster takes it away; empty if it does not.
    private static String takenAway(PodStatus status) {
        Optional<PodCondition> disruption =
                condition(status, "DisruptionTarget").filter(each -> "True".equals(each.getStatus()));
        if (disruption.isPresent()) {
            return sentence(
                    String.valueOf(disruption.get().getReason()),
                    disruption.get().getMessage());
        }
        String reason = status.getReason();
        return reason != null && PLATFORM_REASONS.contains(reason) ? sentence(reason, status.getMessage()) : "";
    }

    /// Then the cluster evicts it too, but it is its own doing.
    private static boolean wroteTooMuch(PodStatus status) {
        String message = status.getMessage();
        return "Evicted".equals(status.getReason())
                && message != null
                && OVER_DISK_LIMIT.matcher(message).find();
    }

    private static String refusal(PodStatus status) {
        return condition(status, "PodResizePending")
                .filter(each -> "True".equals(each.getStatus()))
                .map(each -> sentence(String.valueOf(each.getReason()), each.getMessage()))
                .orElse("");
    }

    private static Optional<ByteSize> memory(ContainerStatus container) {
        return Optional.ofNullable(container.getResources())
                .map(ResourceRequirements::getLimits)
                .map(limits -> limits.get("memory"))
                .map(PodState::size);
    }

    private static ByteSize size(Quantity quantity) {
        return ByteSize.bytes(quantity.getNumericalAmount().longValue());
    }

    private static Optional<ContainerStatus> container(PodStatus status) {
        return status.getContainerStatuses() == null
                ? Optional.empty()
                : status.getContainerStatuses().stream()
                        .filter(each -> PodManifest.CONTAINER.equals(each.getName()))
                        .findFirst();
    }

    private static Optional<PodCondition> condition(PodStatus status, String type) {
        return status.getConditions() == null
                ? Optional.empty()
                : status.getConditions().stream()
                        .filter(each -> type.equals(each.getType()))
                        .findFirst();
    }

    private static String told(PodStatus status) {
        return sentence(String.valueOf(status.getReason()), status.getMessage());
    }

    private static String sentence(String reason, @Nullable String message) {
        return message == null || message.isBlank() ? reason : "%s: %s".formatted(reason, message.strip());
    }
}
