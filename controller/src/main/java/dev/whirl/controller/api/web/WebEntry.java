package dev.whirl.controller.api.web;

import dev.whirl.controller.access.Admission;
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

    /// Counts a call that the other part answers itself as an invocation of the caller's (row R-153).
    ///
    /// @return to be closed when the call is over
    /// @throws dev.whirl.model.ApiException 429, or 503 if nothing is invoked at present
    Admission admit(Identity caller);
}
