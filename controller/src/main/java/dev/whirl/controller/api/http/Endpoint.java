package dev.whirl.controller.api.http;

import dev.whirl.model.identity.Identity;
import org.jspecify.annotations.Nullable;

/// What answers requests. Runs on the request's own virtual thread and may block; a
/// [dev.whirl.model.ApiException] ends the request with its status.
public sealed interface Endpoint {
    /// Needs no credentials.
    non-sealed interface Open extends Endpoint {
        Answer answer(ApiRequest request) throws InterruptedException;
    }

    /// Takes everybody, and knows those who present valid credentials.
    non-sealed interface Recognizing extends Endpoint {
        /// @param caller null for anybody else
        Answer answer(ApiRequest request, PathPattern route, @Nullable Identity caller) throws InterruptedException;
    }

    /// Knows who calls.
    non-sealed interface Guarded extends Endpoint {
        Answer answer(Call call) throws InterruptedException;
    }
}
