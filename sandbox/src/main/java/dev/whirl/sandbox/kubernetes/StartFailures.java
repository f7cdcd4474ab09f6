package dev.whirl.sandbox.kubernetes;

import dev.whirl.sandbox.SandboxException;
import dev.whirl.sandbox.kubernetes.api.Cluster;
import dev.whirl.sandbox.kubernetes.api.PodState;
import dev.whirl.sandbox.kubernetes.manifest.PodOrder;
import java.time.Duration;
import java.util.regex.Pattern;

/// Says why a pod did not start, and whose affair that is.
///
/// @param startTimeout that pods have
record StartFailures(Cluster cluster, Duration startTimeout) {
    /// How runtimes of containers say that an image has no program, or none that can be started.
    private static final Pattern NO_PROGRAM = Pattern.compile(
            "executable file not found|no such file or directory|o command specified|permission denied|exec format error");

    /// A user's image that can't be had or started is the user's affair (row K-25), and so is one
    /// that ends.
    SandboxException of(PodOrder order, PodState state) throws InterruptedException {
        String message = message(order, state);
        String image = order.image().name();
        if (order.image().isOwn()) {
            return new SandboxException(message);
        }
        return switch (state) {
            case PodState.Pending pending -> hindered(pending, image, message);
            case PodState.Ended _ ->
                SandboxException.ofImage(
                        "The container of image '%s' ended before it took the code.".formatted(image), message);
            case PodState.Running _, PodState.Leaving _, PodState.Lost _ -> new SandboxException(message);
        };
    }

    private static SandboxException hindered(PodState.Pending pending, String image, String message) {
        return switch (pending.hindrance()) {
            case IMAGE -> PodImages.unpulled(image, pending.detail());
            case PROGRAM ->
                NO_PROGRAM.matcher(pending.detail()).find()
                        ? SandboxException.ofImage("executable file not found in image %s".formatted(image), message)
                        : new SandboxException(message); // a node that can't start containers, for one
            case CONFIGURATION ->
                pending.detail().contains("root")
                        ? SandboxException.ofImage("The image '%s' must not run as root.".formatted(image), message)
                        : new SandboxException(message);
            case NONE, UNSCHEDULABLE -> new SandboxException(message);
        };
    }

    private String message(PodOrder order, PodState state) throws InterruptedException {
        String reason = switch (state) {
            case PodState.Pending pending ->
                pending.detail().isEmpty() ? "it did not start within " + startTimeout : pending.detail();
            case PodState.Running _ -> "nothing listens on port 8080 after " + startTimeout;
            case PodState.Ended ended -> "it ended, exit status %d; %s".formatted(ended.exitStatus(), ended.detail());
            case PodState.Leaving leaving -> leaving.reason();
            case PodState.Lost(var why) -> why;
        };
        boolean mayHaveSaid = state instanceof PodState.Ended || state instanceof PodState.Running;
        String said = mayHaveSaid ? cluster.lastWords(order.name()) : "";
        return "a pod of %s for %s could not be started: %s%s"
                .formatted(
                        order.image().name(),
                        order.spec().runtime(),
                        reason,
                        said.isEmpty() ? "" : "; it printed: " + said);
    }
}
