package dev.whirl.controller.api.web;

import dev.whirl.controller.api.ApiParts;
import dev.whirl.controller.api.http.Route;
import java.util.List;

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
}
