package dev.whirl.gateway.manage;

import dev.whirl.gateway.document.Extension;
import dev.whirl.gateway.document.Json;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.RawJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Adds operations to documents and takes them out again (row G-11).
final class SwaggerEdits {
    private SwaggerEdits() {}

    /// @param name null for the base path
    static RawJson empty(String basePath, @Nullable String name) {
        return new JsonWriter()
                .startObject()
                .field("swagger", "2.0")
                .name("info")
                .startObject()
                .field("title", name == null || name.isEmpty() ? basePath : name)
                .field("version", "1.0.0")
                .endObject()
                .field("basePath", basePath)
                .field("paths", RawJson.EMPTY_OBJECT)
                .name(Extension.CONFIGURATION.in(Map.of()))
                .startObject()
                .field("cors", RawJson.object("enabled", RawJson.TRUE))
                .endObject()
                .endObject()
                .toRawJson();
    }

    /// With an operation more, or in place of the one that was there.
    static RawJson with(RawJson document, ApiDoc.OneOperation added) {
        String id = added.verb() + "API" + added.path();
        RawJson withPath = Json.change(document, List.of("paths", added.path()), path -> path(path, added, id));
        RawJson cleared = withoutCases(withPath, List.of(id));
        return Json.change(cleared, steps(cleared), steps -> withCase(steps, switchCase(added, id)));
    }

    private static RawJson path(RawJson path, ApiDoc.OneOperation added, String id) {
        var verbs = new LinkedHashMap<>(path.fields());
        verbs.put(added.verb(), operation(added.backend(), id));
        if (!added.parameters().elements().isEmpty()) {
            verbs.put("parameters", added.parameters());
        }
        return RawJson.object(verbs);
    }

    private static RawJson operation(ApiDoc.Backend backend, String id) {
        return new JsonWriter()
                .startObject()
                .field("operationId", id)
                .name("x-openwhisk")
                .startObject()
                .field("namespace", backend.namespace())
                .field("package", backend.packageName())
                .field("action", backend.action())
                .field("url", backend.url())
                .endObject()
                .field(
                        "responses",
                        RawJson.object("default", RawJson.object("description", RawJson.string("Default response"))))
                .endObject()
                .toRawJson();
    }

    private static RawJson switchCase(ApiDoc.OneOperation added, String id) {
        var execute = new ArrayList<RawJson>();
        String secret = added.backend().secret();
        if (secret != null) {
            execute.add(RawJson.object(
                    "set-variable",
                    RawJson.object(
                            "actions",
                            RawJson.array(List.of(new JsonWriter()
                                    .startObject()
                                    .field("set", "message.headers.X-Require-Whisk-Auth")
                                    .field("value", secret)
                                    .endObject()
                                    .toRawJson())))));
        }
        String suffix = added.path().contains("{") ? "$(request.path)" : "";
        execute.add(RawJson.object(
                "invoke",
                new JsonWriter()
                        .startObject()
                        .field("target-url", added.backend().url() + suffix)
                        .field("verb", "keep")
                        .endObject()
                        .toRawJson()));
        return new JsonWriter()
                .startObject()
                .field("operations", RawJson.array(List.of(RawJson.string(id))))
                .field("execute", RawJson.array(execute))
                .endObject()
                .toRawJson();
    }

    /// In the first switch there is, or in one of its own.
    private static RawJson withCase(RawJson steps, RawJson added) {
        var all = new ArrayList<>(steps.elements());
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).hasField("operation-switch")) {
                all.set(i, Json.change(all.get(i), List.of("operation-switch", "case"), cases -> {
                    var more = new ArrayList<>(cases.elements());
                    more.add(added);
                    return RawJson.array(more);
                }));
                return RawJson.array(all);
            }
        }
        all.add(RawJson.object("operation-switch", RawJson.object("case", RawJson.array(List.of(added)))));
        return RawJson.array(all);
    }

    /// Without a path, or one verb of it.
    static RawJson without(RawJson document, String path, Optional<String> verb) throws RefusedException {
        Map<String, RawJson> paths = Json.object(document.fields(), "paths");
        RawJson there = paths.get(path);
        if (there == null) {
            throw new RefusedException(400, "path '%s' does not exist in the API".formatted(path));
        }
        var verbs = new LinkedHashMap<>(there.fields());
        List<String> removed = verb.map(each -> each.toLowerCase(Locale.ROOT))
                .map(List::of)
                .orElseGet(() -> List.copyOf(there.fields().keySet()));
        if (!verbs.keySet().containsAll(removed)) {
            throw new RefusedException(
                    400, "path '%s' has no operation '%s' in the API".formatted(path, verb.orElse("")));
        }
        List<String> ids = removed.stream()
                .map(each -> Json.text(Json.object(there.fields(), each), "operationId", ""))
                .filter(each -> !each.isEmpty())
                .toList();
        removed.forEach(verbs::remove);
        boolean isEmpty = verbs.values().stream().noneMatch(RawJson::isObject);
        RawJson rest = Json.change(
                document,
                List.of("paths"),
                all -> isEmpty ? Json.without(all, path) : Json.change(all, List.of(path), _ -> RawJson.object(verbs)));
        return withoutCases(rest, ids);
    }

    /// Where the steps of the assembly are.
    private static List<String> steps(RawJson document) {
        return List.of(Extension.CONFIGURATION.in(document.fields()), "assembly", "execute");
    }

    /// Without what is done for these operations.
    private static RawJson withoutCases(RawJson document, List<String> ids) {
        List<String> place = steps(document);
        if (!document.fields().containsKey(place.getFirst())) {
            return document;
        }
        return Json.change(
                document,
                place,
                steps -> RawJson.array(steps.elements().stream()
                        .map(each -> withoutCasesOf(each, ids))
                        .toList()));
    }

    private static RawJson withoutCasesOf(RawJson step, List<String> ids) {
        if (!step.hasField("operation-switch")) {
            return step;
        }
        return Json.change(
                step,
                List.of("operation-switch", "case"),
                cases -> RawJson.array(cases.elements().stream()
                        .map(each -> Json.change(
                                each,
                                List.of("operations"),
                                names -> RawJson.array(Json.texts(names).stream()
                                        .filter(name -> !ids.contains(name))
                                        .map(RawJson::string)
                                        .toList())))
                        .filter(each -> !Json.list(each.fields(), "operations").isEmpty())
                        .toList()));
    }
}
