package dev.whirl.controller.api.http;

import java.util.Set;

/// Which routes the web pages of others may call, and how (row R-9).
enum CrossOrigin {
    /// None, as far as this server says; web actions say it themselves.
    NONE,

    /// Those of the API.
    API,

    /// Those for operators.
    OPERATORS;

    private static final Set<String> OF_OPERATORS = Set.of("invokers", "activation", "disable", "enable");

    /// @param rawPath in its long form, without the query
    static CrossOrigin of(String rawPath) {
        if (rawPath.startsWith("/api/v1")) {
            return rawPath.startsWith("/api/v1/web/") ? NONE : API;
        }
        int end = rawPath.indexOf('/', 1);
        String first = rawPath.isEmpty() ? "" : rawPath.substring(1, end < 0 ? rawPath.length() : end);
        return OF_OPERATORS.contains(first) ? OPERATORS : NONE;
    }
}
