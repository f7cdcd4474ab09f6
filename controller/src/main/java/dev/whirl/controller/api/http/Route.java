package dev.whirl.controller.api.http;

/// One line of the API's table.
public record Route(String method, PathPattern pattern, Endpoint endpoint) {
    /// For everybody.
    public static Route open(String method, String pattern, Endpoint.Open endpoint) {
        return new Route(method, new PathPattern(pattern), endpoint);
    }

    /// For callers with valid credentials.
    public static Route guarded(String method, String pattern, Endpoint.Guarded endpoint) {
        return new Route(method, new PathPattern(pattern), endpoint);
    }

    @Override
    public String toString() {
        return method + " " + pattern;
    }
}
