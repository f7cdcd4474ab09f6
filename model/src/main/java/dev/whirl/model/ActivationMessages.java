package dev.whirl.model;

import dev.whirl.common.units.ByteSize;
import dev.whirl.common.units.Durations;
import java.time.Duration;

/// Sentences that users find in the results and logs of activations, and in errors of sequences. Those of OpenWhisk are
/// kept word for word, as in [Messages].
public final class ActivationMessages {
    private ActivationMessages() {}

    // Outcomes of activations: R-138, K-12 to K-15, 1.11
    public static final String INIT_DIED = "The action did not initialize and exited unexpectedly.";
    public static final String RUN_DIED = "The action did not produce a valid response and exited unexpectedly.";
    public static final String OUT_OF_MEMORY = "The action exhausted its memory and was aborted.";
    public static final String NO_RESOURCES = "Failed to provision resources to run the action.";

    /// Nobody's action is at fault if this machine lacks what it needs.
    public static String runtimeNotHere(String kind, String reason) {
        return "The runtime '%s' is not available on this platform: %s.".formatted(kind, reason);
    }

    public static String imageNeedsDocker(String image) {
        return "The image '%s' can only be run where Docker is, and this platform runs actions as processes."
                .formatted(image);
    }

    public static String initFailed(String body) {
        return body.isEmpty()
                ? "The action failed during initialization."
                : "The action failed during initialization: " + body;
    }

    public static String responseInvalid(String body) {
        return body.isEmpty()
                ? "The action did not produce a valid JSON or JSON Array response."
                : "The action did not produce a valid JSON or JSON Array response: " + body;
    }

    public static String timedOut(Duration limit) {
        return "The action exceeded its time limits of %d milliseconds.".formatted(limit.toMillis());
    }

    public static String timedOutInInit(Duration limit) {
        return "The action exceeded its time limits of %d milliseconds during initialization."
                .formatted(limit.toMillis());
    }

    public static String resultTooLarge(long size, long max, String beginning) {
        return ("The action produced a response that exceeded the allowed length: %d > %d bytes. "
                        + "The truncated response was: %s")
                .formatted(size, max, beginning);
    }

    /// The record of an activation that was accepted, may have started, and whose server died (design, decision 7).
    public static final String LOST_IN_CRASH =
            "The platform stopped while this activation may have been running. It was not run again.";

    /// Of an activation whose sandbox the platform took away under it.
    public static final String SANDBOX_LOST =
            "The platform lost the sandbox in which this activation was running. It was not run again.";

    /// The same of an attempt that another one follows.
    public static final String ATTEMPT_LOST_IN_CRASH =
            "The platform stopped while this attempt may have been running. The next one follows.";

    /// What the store could not take, whatever was wrong with it.
    public static final String RECORD_UNWRITABLE = "The activation ended, and its result and logs could not be stored.";

    // Sequences and compositions
    public static final String SEQUENCE_EMPTY = "No component specified for the sequence.";
    public static final String SEQUENCE_TOO_LONG = "Too many actions in the sequence.";
    public static final String SEQUENCE_CYCLIC = "Sequence may not refer to itself.";
    public static final String SEQUENCE_COMPONENT_MISSING = "Sequence component does not exist.";
    public static final String SEQUENCE_FAILED = "Sequence failed.";
    public static final String COMPOSITION_TOO_LONG = "Too many actions in the composition.";
    public static final String COMPOSITION_FAILED = "Activation failure during composition.";

    public static String sequenceStepUnanswered(String id) {
        return "Timeout reached when retrieving activation %s for sequence component.".formatted(id);
    }

    public static String compositionStepUnanswered(String id) {
        return "Timeout reached when retrieving activation %s during composition.".formatted(id);
    }

    /// @param json what was given as a name
    public static String compositionNameMalformed(String json) {
        return "Failed to parse action name from json value %s during composition.".formatted(json);
    }

    public static String compositionNameUnknown(String action) {
        return "Failed to resolve action with name '%s' during composition.".formatted(action);
    }

    public static String compositionNotEntitled(String action) {
        return "Failed entitlement check for action with name '%s' during composition.".formatted(action);
    }

    // Logs: R-134
    public static final String LOGS_INCOMPLETE =
            "There was an issue while collecting your logs. Data might be missing.";
    public static final String LOGS_OF_FAILURE =
            "The action did not initialize or run as expected. Log data might be missing.";

    public static String logsTruncated(ByteSize limit) {
        return "Logs were truncated because the total bytes size exceeds the limit of %d bytes."
                .formatted(limit.bytes());
    }

    public static String noPlace(Duration waited) {
        return "%s In %s no invoker had a place for it.".formatted(NO_RESOURCES, Durations.format(waited));
    }

    /// @param detail how long it waited for what
    public static String noRoom(String detail) {
        return "%s It %s: all memory for functions was in use.".formatted(NO_RESOURCES, detail);
    }
}
