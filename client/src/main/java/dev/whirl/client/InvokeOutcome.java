package dev.whirl.client;

import dev.whirl.model.json.RawJson;
import org.jspecify.annotations.Nullable;

/// How an invocation ended, as far as the caller waited.
public sealed interface InvokeOutcome {
    /// It was accepted and goes on; a caller who asked to wait sees that its time is over.
    record Accepted(String activationId) implements InvokeOutcome {}

    /// It ended well.
    ///
    /// @param body the record, or the result alone if that was asked for
    /// @param activationId null if the server did not say
    record Succeeded(RawJson body, @Nullable String activationId) implements InvokeOutcome {}

    /// It ended in an error of the action.
    ///
    /// @param status 502, or 200 where the server reports it so
    /// @param body as of [Succeeded]
    /// @param activationId null if the server did not say
    record Failed(int status, RawJson body, @Nullable String activationId) implements InvokeOutcome {}
}
