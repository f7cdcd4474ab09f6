package dev.whirl.server.gateway;

import dev.whirl.controller.api.http.Answer;
import dev.whirl.controller.api.http.ApiRequest;
import dev.whirl.controller.api.web.WebEntry;
import dev.whirl.gateway.Decision.Forward;
import dev.whirl.gateway.document.Target;
import dev.whirl.model.ApiException;
import dev.whirl.model.identity.Identity;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Calls web actions of this process without HTTP between: the request goes on as another one, on the same thread.
public record InProcess(WebEntry web, OverHttp others) implements Forwarding {
    private static final String AUTHORIZATION = "authorization";

    @Override
    public Answer forward(ApiRequest request, Forward forward, byte @Nullable [] body, @Nullable Identity caller)
            throws InterruptedException {
        if (forward.target() instanceof Target.Remote) {
            return others.forward(request, forward, body, caller);
        }
        try {
            ApiRequest other =
                    request.become(forward.method(), forward.path(), forward.query(), forward.headers(), body);
            return web.call(other, caller(request, forward, caller));
        } catch (ApiException e) {
            return Answer.error(e, request.transaction());
        }
    }

    /// A mapping may have put other credentials in.
    private @Nullable Identity caller(ApiRequest request, Forward forward, @Nullable Identity caller) {
        String authorization = forward.headers().get(AUTHORIZATION);
        return Objects.equals(authorization, request.authorization())
                ? caller
                : web.recognize(authorization).orElse(null);
    }
}
