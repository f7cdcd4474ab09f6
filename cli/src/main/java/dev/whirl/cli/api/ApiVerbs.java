package dev.whirl.cli.api;

import dev.whirl.cli.command.CliException;
import java.util.List;
import java.util.Locale;

/// Checks of what names an operation: paths and verbs.
final class ApiVerbs {
    private static final List<String> ALL = List.of("GET", "PUT", "POST", "DELETE", "PATCH", "HEAD", "OPTIONS");

    private ApiVerbs() {}

    /// The verb in upper case.
    static String verb(String text) {
        String verb = text.toUpperCase(Locale.ROOT);
        if (!ALL.contains(verb)) {
            throw CliException.misunderstood(
                    "'%s' is not a valid API verb.  Valid values are: %s".formatted(text, String.join(", ", ALL)));
        }
        return verb;
    }

    static String path(String text) {
        if (!text.startsWith("/")) {
            throw CliException.misunderstood("'%s' must begin with '/'.".formatted(text));
        }
        return text;
    }

    static boolean hasParameters(String path) {
        return path.contains("/{") && path.contains("}");
    }
}
