package dev.whirl.server.gateway;

import dev.whirl.controller.api.http.Answer;
import dev.whirl.controller.api.http.ApiRequest;
import dev.whirl.gateway.Decision.Forward;
import dev.whirl.model.identity.Identity;
import org.jspecify.annotations.Nullable;

/// Carries calls out.
public interface Forwarding {
    /// @param request that became the call
    /// @param body in place of the request's; null for the request's own, which was not read
    /// @param caller of the request; null for a stranger
    Answer forward(ApiRequest request, Forward forward, byte @Nullable [] body, @Nullable Identity caller)
            throws InterruptedException;
}
