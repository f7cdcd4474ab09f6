package dev.whirl.controller.api.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds the route of a request in the API's table.
public final class Router {
    /// What was found.
    sealed interface Match {
        record Found(Route route) implements Match {}

        /// @param allowed methods that the path knows
        record WrongMethod(List<String> allowed) implements Match {}

        record Nothing() implements Match {}
    }

    private final List<Route> routes;
    private final VanityHost vanityHost;

    public Router(List<Route> routes, VanityHost vanityHost) {
        this.routes = List.copyOf(routes);
        this.vanityHost = vanityHost;
    }

    /// The path that a request means.
    ///
    /// @param host the request's `Host`, null if it has none
    /// @throws dev.whirl.model.ApiException 400 if it is malformed
    RequestPath path(String raw, @Nullable String host) {
        return RequestPath.parse(vanityHost.expand(raw, host));
    }

    /// Which web pages of others may call what a request asks for, whether its path is well-formed or
    /// not.
    CrossOrigin callers(String raw, @Nullable String host) {
        return CrossOrigin.of(vanityHost.expand(raw, host));
    }

    Match find(String method, RequestPath path) {
        boolean pathIsKnown = false;
        for (Route each : routes) {
            if (each.pattern().matches(path)) {
                if (each.method().equals(method)) {
                    return new Match.Found(each);
                }
                pathIsKnown = true;
            }
        }
        return pathIsKnown ? new Match.WrongMethod(methods(path)) : new Match.Nothing();
    }

    private List<String> methods(RequestPath path) {
        return routes.stream()
                .filter(each -> each.pattern().matches(path))
                .map(Route::method)
                .distinct()
                .toList();
    }
}
