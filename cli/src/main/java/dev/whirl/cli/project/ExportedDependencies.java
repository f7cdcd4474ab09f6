package dev.whirl.cli.project;

import dev.whirl.cli.command.Session;
import dev.whirl.cli.project.manifest.Repository;
import dev.whirl.client.KeyValues;
import dev.whirl.client.QualifiedName;
import dev.whirl.model.json.RawJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// The repositories that were fetched for a package, on their way back to a manifest (row L-38).
record ExportedDependencies(Session session) {
    /// Those that a mark tells of, by the names of their packages.
    SequencedMap<String, RawJson> of(Mark mark) {
        var dependencies = new LinkedHashMap<String, RawJson>();
        mark.dependencies().forEach((name, needed) -> {
            if (isAddress(needed.projectName())) {
                QualifiedName there = session.name(name);
                dependencies.put(there.name(), dependency(there, needed));
            }
        });
        return dependencies;
    }

    private RawJson dependency(QualifiedName name, Mark needed) {
        var fields = new LinkedHashMap<String, RawJson>();
        fields.put("location", RawJson.string(needed.projectName()));
        if (!needed.source().version().isEmpty()) {
            fields.put("version", RawJson.string(needed.source().version()));
        }
        ExportedProject.putInputs(fields, given(name, needed));
        return RawJson.object(fields);
    }

    /// What a package is given, by its parameters: the mark has only their names.
    private KeyValues given(QualifiedName name, Mark needed) {
        List<String> inputs = needed.inputs();
        if (inputs == null || inputs.isEmpty()) {
            return KeyValues.NONE;
        }
        KeyValues parameters = session.call(
                        "Unable to read package [%s]".formatted(name.entityName()),
                        client -> client.packages().get(name))
                .parameters();
        for (String key : parameters.keys()) {
            parameters = inputs.contains(key) ? parameters : parameters.without(key);
        }
        return parameters;
    }

    /// Whether a project is named by where its repository is.
    static boolean isAddress(String projectName) {
        try {
            return Repository.parse(projectName, null).address().equals(projectName);
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
