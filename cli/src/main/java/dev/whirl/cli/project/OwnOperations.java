package dev.whirl.cli.project;

import dev.whirl.cli.api.ApiTarget;
import dev.whirl.model.json.RawJson;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Takes out of an OpenAPI document all operations but some: their paths, and what the gateway is to do for them, which
/// may hold secrets of the actions behind them. Pure. For one document.
final class OwnOperations {
    /// Where a gateway's extensions of the document begin.
    private static final String EXTENSION = "x-";

    private final String base;
    private final Set<String> own;
    private final Set<String> removedIds = new HashSet<>();

    /// @param base path of the API
    /// @param own titles of the operations that stay, as of [ApiOperation#title]
    private OwnOperations(String base, Set<String> own) {
        this.base = base;
        this.own = own;
    }

    static RawJson in(RawJson document, String base, Set<String> own) {
        return new OwnOperations(base, own).of(document);
    }

    private RawJson of(RawJson document) {
        var fields = new LinkedHashMap<>(document.fields());
        fields.computeIfPresent("paths", (_, paths) -> paths(paths));
        fields.replaceAll((name, value) -> name.startsWith(EXTENSION) ? withoutCases(value) : value);
        return RawJson.object(fields);
    }

    private RawJson paths(RawJson paths) {
        var left = new LinkedHashMap<String, RawJson>();
        paths.fields().forEach((path, item) -> {
            var kept = new LinkedHashMap<String, RawJson>();
            item.fields().forEach((verb, operation) -> {
                if (!operation.isObject() || own.contains(title(path, verb))) {
                    kept.put(verb, operation);
                } else {
                    operation.field("operationId").flatMap(RawJson::asText).ifPresent(removedIds::add);
                }
            });
            if (kept.values().stream().anyMatch(RawJson::isObject)) {
                left.put(path, RawJson.object(kept));
            }
        });
        return RawJson.object(left);
    }

    private String title(String path, String verb) {
        return ApiOperation.title(new ApiTarget(base, path, verb.toUpperCase(Locale.ROOT)));
    }

    /// A gateway's `operation-switch` has a case for each operation, or for several: those go that are for none any
    /// more.
    private RawJson withoutCases(RawJson json) {
        return switch (json.kind()) {
            case OBJECT -> {
                var fields = new LinkedHashMap<String, RawJson>();
                for (Map.Entry<String, RawJson> each : json.fields().entrySet()) {
                    fields.put(each.getKey(), withoutCases(each.getValue()));
                }
                yield RawJson.object(fields);
            }
            case ARRAY ->
                RawJson.array(json.elements().stream()
                        .filter(each -> !isForRemoved(each))
                        .map(this::withoutCases)
                        .toList());
            case STRING, NUMBER, BOOLEAN, NULL -> json;
        };
    }

    private boolean isForRemoved(RawJson json) {
        Set<String> ids = new HashSet<>();
        json.field("operations")
                .ifPresent(operations ->
                        operations.elements().forEach(each -> each.asText().ifPresent(ids::add)));
        return !ids.isEmpty() && removedIds.containsAll(ids);
    }
}
