package dev.whirl.cli.project.manifest;

import dev.whirl.cli.api.ApiTarget;
import dev.whirl.cli.api.ResponseTypes;
import dev.whirl.cli.command.CliException;
import dev.whirl.cli.project.manifest.Manifest.ManifestApi;
import dev.whirl.cli.yaml.YamlNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads `apis: {NAME: {BASE: {PATH: {ACTION: METHOD | {method, response}}}}}` (row L-40). Several methods stand in a
/// list, or
/// with commas between them.
final class ApiReader {
    private static final Set<String> OPERATION = Set.of("method", "response");

    private final Section section;
    private final List<ManifestApi> apis = new ArrayList<>();

    private ApiReader(Section section) {
        this.section = section;
    }

    static List<ManifestApi> read(Section section) {
        var reader = new ApiReader(section);
        section.children("apis", "API", (name, bases) -> {
            reader.read(name, bases);
            return name;
        });
        return List.copyOf(reader.apis);
    }

    private void read(String name, YamlNode bases) {
        below(bases, "base path")
                .forEach((base, paths) -> below(paths, "path")
                        .forEach((path, actions) -> below(actions, "action")
                                .forEach((action, operation) ->
                                        apis.addAll(operations(new Operation(name, base, path, action), operation)))));
    }

    private Map<String, YamlNode> below(YamlNode node, String noun) {
        if (node instanceof YamlNode.Mapping mapping) {
            return mapping.entries();
        }
        throw section.problems().error(node.place(), "here must be a %s with what is below it".formatted(noun));
    }

    private record Operation(String name, String base, String path, String action) {}

    private List<ManifestApi> operations(Operation what, YamlNode node) {
        if (node instanceof YamlNode.Scalar scalar) {
            List<String> verbs = Arrays.stream(
                            section.variables().text(scalar.text()).split(",", -1))
                    .map(String::strip)
                    .toList();
            return apis(what, verbs, null, node);
        }
        Section fields =
                Section.of(node, "API '" + what.name() + "'", OPERATION, section.problems(), section.variables());
        List<String> verbs = fields.texts("method");
        return apis(what, verbs.isEmpty() ? List.of(fields.required("method")) : verbs, fields.text("response"), node);
    }

    private List<ManifestApi> apis(Operation what, List<String> verbs, @Nullable String response, YamlNode node) {
        return verbs.stream().map(verb -> api(what, verb, response, node)).toList();
    }

    private ManifestApi api(Operation what, String verb, @Nullable String response, YamlNode node) {
        String where = section.where(node.place());
        try {
            ApiTarget target = ApiTarget.read(List.of(slash(what.base()), slash(what.path()), verb));
            String type = response == null ? "http" : response;
            ResponseTypes.require(type);
            ResponseTypes.requireFor(target, type);
            return new ManifestApi(what.name(), target, what.action(), type, where);
        } catch (CliException e) {
            throw section.problems().error(node.place(), "API '%s': %s".formatted(what.name(), e.getMessage()));
        }
    }

    private static String slash(String path) {
        return path.startsWith("/") ? path : "/" + path;
    }
}
