package dev.whirl.invoker.run;

import dev.whirl.model.activation.ActivationResponse;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What came of running an activation.
public sealed interface Execution {
    /// It is over, well or badly.
    ///
    /// @param start when its init began, or its run where there was none; moved so that end − start is what the
    ///     activation itself took (row R-131)
    /// @param init null if there was none
    /// @param run zero if the init failed
    record Done(
            ActivationResponse response,
            boolean isTimeout,
            boolean keepsSandbox,
            Instant start,
            @Nullable Duration init,
            Duration run)
            implements Execution {
        /// What the activation took.
        public Duration duration() {
            return init == null ? run : init.plus(run);
        }

        public Done withResponse(ActivationResponse other) {
            return new Done(other, isTimeout, false, start, init, run);
        }
    }

    /// Somebody else has it by now: nothing of it was executed, and nothing is to be told of it.
    record NotOurs() implements Execution {}

    /// Nothing of it was executed.
    ///
    /// @param afterInit whether the sandbox had just taken the code
    record NotStarted(String detail, boolean afterInit) implements Execution {}
}
