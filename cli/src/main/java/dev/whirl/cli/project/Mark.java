package dev.whirl.cli.project;

import dev.whirl.cli.api.ApiTarget;
import dev.whirl.cli.project.manifest.Manifest;
import dev.whirl.client.KeyValues;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.RawJson;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The annotation `whisk-managed` of what belongs to a project (row L-41). What a package needs and adds to the
/// gateway stands in the mark of the package itself; what lies in no package carries it all.
///
/// @param projectName of the project that it belongs to
/// @param source that project's manifest
/// @param neededBy the project that this one was last fetched for; empty if it is nobody's dependency
/// @param dependencies marks of the packages that were fetched for its package, by `/namespace/name`
/// @param apis operations of the gateway that its package declares
/// @param inputs in the mark of who needs it: which parameters its package is given; in that of a
/// binding, or of a trigger with a feed: which ones its manifest gives; null if that is not known
record Mark(
        String projectName,
        Source source,
        String neededBy,
        SequencedMap<String, Mark> dependencies,
        List<ApiOperation> apis,
        @Nullable List<String> inputs) {
    static final String ANNOTATION = Manifest.MARK;

    /// Where a project's manifest was read.
    ///
    /// @param version of the repository that it lies in, as it was asked for; empty for the default branch, and
    /// for what lies in none
    record Source(String hash, String file, String version) {}

    Mark {
        dependencies = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(dependencies));
        apis = List.copyOf(apis);
        inputs = inputs == null ? null : List.copyOf(inputs);
    }

    Mark with(SequencedMap<String, Mark> needed, List<ApiOperation> operations) {
        return new Mark(projectName, source, neededBy, needed, operations, inputs);
    }

    Mark given(@Nullable List<String> names) {
        return new Mark(projectName, source, neededBy, dependencies, apis, names);
    }

    RawJson toJson() {
        KeyValues needed = KeyValues.NONE;
        for (var each : dependencies.entrySet()) {
            needed = needed.with(each.getKey(), each.getValue().toJson());
        }
        var json = new JsonWriter()
                .startObject()
                .field("projectName", projectName)
                .field("projectHash", source.hash())
                .field("projectDeps", needed.toJson())
                .field("file", source.file());
        if (!source.version().isEmpty()) {
            json.field("version", source.version());
        }
        if (!neededBy.isEmpty()) {
            json.field("neededBy", neededBy);
        }
        if (!apis.isEmpty()) {
            json.field("apis", RawJson.array(apis.stream().map(Mark::json).toList()));
        }
        if (inputs != null) {
            json.field(
                    "inputs", RawJson.array(inputs.stream().map(RawJson::string).toList()));
        }
        return json.endObject().toRawJson();
    }

    /// The mark among the annotations of something, if it has one that names a project. What other programs wrote into
    /// it differently is passed over.
    static Optional<Mark> of(KeyValues annotations) {
        return annotations.find(ANNOTATION).flatMap(json -> read(json, KeyValues.read(child(json, "projectDeps"))));
    }

    /// Marks in a mark are read without what they need themselves: their own packages tell that.
    private static Optional<Mark> read(RawJson json, KeyValues needed) {
        var dependencies = new LinkedHashMap<String, Mark>();
        for (String name : needed.keys()) {
            needed.find(name)
                    .flatMap(mark -> read(mark, KeyValues.NONE))
                    .ifPresent(mark -> dependencies.put(name, mark));
        }
        List<ApiOperation> apis = child(json, "apis").elements().stream()
                .map(Mark::api)
                .filter(api -> !api.target().base().isEmpty())
                .toList();
        String projectName = text(json, "projectName");
        return projectName.isEmpty()
                ? Optional.empty()
                : Optional.of(new Mark(
                        projectName,
                        new Source(text(json, "projectHash"), text(json, "file"), text(json, "version")),
                        text(json, "neededBy"),
                        dependencies,
                        apis,
                        json.field("inputs").map(Mark::texts).orElse(null)));
    }

    private static RawJson json(ApiOperation api) {
        return new JsonWriter()
                .startObject()
                .field("name", api.name())
                .field("base", api.target().base())
                .field("path", api.target().path())
                .field("verb", api.target().verb())
                .field("action", api.action())
                .field("response", api.response())
                .endObject()
                .toRawJson();
    }

    private static ApiOperation api(RawJson json) {
        var target = new ApiTarget(text(json, "base"), text(json, "path"), text(json, "verb"));
        return new ApiOperation(text(json, "name"), target, text(json, "action"), text(json, "response"));
    }

    private static RawJson child(RawJson json, String key) {
        return json.field(key).orElse(RawJson.EMPTY_ARRAY);
    }

    private static List<String> texts(RawJson array) {
        return array.elements().stream().flatMap(each -> each.asText().stream()).toList();
    }

    private static String text(RawJson json, String key) {
        return json.field(key).flatMap(RawJson::asText).orElse("");
    }
}
