package dev.whirl.cli.output;

import dev.whirl.client.QualifiedName;
import org.jspecify.annotations.Nullable;

/// What is said when an action was invoked (row L-24).
public final class InvokedText {
    private InvokedText() {}

    public static String withId(Terminal terminal, QualifiedName name, @Nullable String id) {
        return invoked(terminal, name) + " with id " + terminal.bold(id == null ? "unknown" : id);
    }

    /// The caller waits no longer.
    public static String unfinished(Terminal terminal, QualifiedName name, String id) {
        return invoked(terminal, name) + ", but the request has not yet finished, with id " + terminal.bold(id);
    }

    private static String invoked(Terminal terminal, QualifiedName name) {
        return "invoked /" + terminal.bold(name.namespace()) + "/" + terminal.bold(name.entityName());
    }
}
