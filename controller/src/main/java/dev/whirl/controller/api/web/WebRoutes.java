package dev.whirl.controller.api.web;

import dev.whirl.controller.access.Admission;
import dev.whirl.controller.access.Authenticator;
import dev.whirl.controller.api.ApiParts;
import dev.whirl.controller.api.http.Answer;
import dev.whirl.controller.api.http.ApiRequest;
import dev.whirl.controller.api.http.PathPattern;
import dev.whirl.controller.api.http.Route;
import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import dev.whirl.model.identity.Identity;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The part of the API's table that is about web actions (rows R-43, W-1).
public final class WebRoutes {
    private static final String PATTERN = "/api/v1/web/{namespace}/{package}/{name}/**";
    private static final List<String> METHODS = List.of("GET", "DELETE", "POST", "PUT", "HEAD", "OPTIONS", "PATCH");

    private WebRoutes() {}

    public static List<Route> of(ApiParts parts) {
        var action = new WebAction(parts);
        return METHODS.stream()
                .map(each -> Route.recognizing(each, PATTERN, action))
                .toList();
    }

    /// A way to the same from inside of the process, without HTTP between.
    public static WebEntry entry(ApiParts parts, Authenticator authenticator) {
        var action = new WebAction(parts);
        var pattern = new PathPattern(PATTERN);
        return new WebEntry() {
            @Override
            public Answer call(ApiRequest request, @Nullable Identity caller) throws InterruptedException {
                if (!pattern.matches(request.path())) {
                    throw new ApiException(ErrorCode.NOT_FOUND, Messages.RESOURCE_NOT_FOUND);
                }
                return action.answer(request, pattern, caller);
            }

            @Override
            public Optional<Identity> recognize(@Nullable String authorization) {
                return authenticator.recognize(authorization, InetAddress.getLoopbackAddress());
            }

            @Override
            public Admission admit(Identity caller) {
                return action.admit(caller);
            }
        };
    }
}
