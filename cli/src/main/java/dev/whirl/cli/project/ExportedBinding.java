package dev.whirl.cli.project;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.Session;
import dev.whirl.client.EntityDocument;
import dev.whirl.client.KeyValues;
import dev.whirl.client.QualifiedName;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A binding on its way back to a manifest. The server shows it with the parameters of its package
/// (row R-100): its own are those that its mark names, and those that the package has otherwise.
///
/// @param document as the server shows it
/// @param mark null if it has none
record ExportedBinding(
        Session session, EntityDocument document, @Nullable Mark mark) {
    KeyValues ownParameters() {
        List<String> inputs = mark == null ? null : mark.inputs();
        List<String> told = inputs == null ? List.of() : inputs;
        KeyValues inherited = inherited().orElse(KeyValues.NONE);
        KeyValues own = document.parameters();
        for (String key : own.keys()) {
            boolean isInherited = own.find(key).equals(inherited.find(key));
            own = isInherited && !told.contains(key) ? own.without(key) : own;
        }
        return own;
    }

    /// The parameters of the package.
    private Optional<KeyValues> inherited() {
        Optional<QualifiedName> target = document.binding();
        try {
            return target.map(name -> session.call(
                    "Unable to read package [%s]".formatted(name.entityName()),
                    client -> client.packages().get(name).parameters()));
        } catch (CliException e) {
            session.err()
                    .warning("the 'inputs' of dependency '%s' may hold those of its package, which cannot be read: %s"
                            .formatted(document.name(), e.getMessage()));
            return Optional.empty();
        }
    }
}
