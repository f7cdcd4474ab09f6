package dev.whirl.controller.api.http;

/// What answers requests. Runs on the request's own virtual thread and may block; a
/// [dev.whirl.model.ApiException] ends the request with its status.
public sealed interface Endpoint {
    /// Needs no credentials.
    non-sealed interface Open extends Endpoint {
        Answer answer(ApiRequest request) throws InterruptedException;
    }

    /// Knows who calls.
    non-sealed interface Guarded extends Endpoint {
        Answer answer(Call call) throws InterruptedException;
    }
}
