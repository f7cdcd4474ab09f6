package dev.whirl.client;

import dev.whirl.model.json.RawJson;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What to invoke an action with, and what to wait for.
///
/// @param payload a JSON object
/// @param maxWait of the caller, not of the action (row R-81); null leaves it to the server
public record InvokeRequest(
        RawJson payload, Mode mode, @Nullable Duration maxWait) {
    /// What comes back.
    public enum Mode {
        /// The activation id, at once.
        ID,
        /// The record, when the action has ended.
        RECORD,
        /// The result alone, when the action has ended.
        RESULT
    }

    public InvokeRequest(RawJson payload, Mode mode) {
        this(payload, mode, null);
    }
}
