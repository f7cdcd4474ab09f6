package dev.whirl.cli.activation;

import dev.whirl.cli.command.Session;
import dev.whirl.client.QualifiedName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whose activations are of interest: those of a namespace, or of one action in it.
///
/// @param name of the action, maybe with its package; null for all
record Watched(String namespace, @Nullable String name) {
    /// Reads the optional argument `/NAMESPACE`, `NAME` or `/NAMESPACE/NAME`; without one it is all
    /// of the namespace that the settings name.
    static Watched of(Session session, List<String> arguments) {
        if (arguments.isEmpty()) {
            return new Watched(session.settings().namespace(), null);
        }
        QualifiedName name = session.name(arguments.getFirst());
        return new Watched(name.namespace(), name.name().isEmpty() ? null : name.entityName());
    }

    /// The namespace, for people.
    String shownNamespace() {
        return namespace.equals("_") ? "default" : namespace;
    }
}
