package dev.whirl.controller.api.web;

import dev.whirl.controller.api.http.Answer;
import dev.whirl.controller.api.http.ApiRequest;
import dev.whirl.model.identity.Identity;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Calls web actions for another part of the process, as if the request had come over HTTP.
public interface WebEntry {
    /// @param request with the path of a web action
    /// @param caller null for a stranger
    /// @throws dev.whirl.model.ApiException as the route itself does
    Answer call(ApiRequest request, @Nullable Identity caller) throws InterruptedException;

    /// Whose credentials these are.
    ///
    /// @param authorization a header's value, null for none
    Optional<Identity> recognize(@Nullable String authorization);
}
