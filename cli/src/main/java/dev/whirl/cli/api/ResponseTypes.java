package dev.whirl.cli.api;

import dev.whirl.cli.command.CliException;
import java.util.Set;

/// How an action can answer behind an API (row L-18).
public final class ResponseTypes {
    private static final Set<String> ALL = Set.of("json", "http", "html", "text", "svg");

    private ResponseTypes() {}

    /// @throws CliException if there is no such type
    public static void require(String type) {
        if (!ALL.contains(type)) {
            throw CliException.misunderstood(
                    "Invalid response type '%s'. Valid types are json, http, html, text and svg.".formatted(type));
        }
    }

    /// @throws CliException if an operation cannot have answers of a type
    public static void requireFor(ApiTarget target, String type) {
        if (ApiVerbs.hasParameters(target.path()) && !type.equals("http")) {
            throw CliException.misunderstood("A response type of 'http' is required when using path parameters.");
        }
    }
}
