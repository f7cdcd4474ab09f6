package dev.whirl.client;

import dev.whirl.model.json.RawJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An API as the gateway's management describes it (row G-9).
///
/// @param json what it said
/// @param fields of it, at the top level
public record ApiDescription(RawJson json, Map<String, RawJson> fields) {
    /// One verb at one path.
    ///
    /// @param action `/namespace/package/name`; empty if none of this server's stands behind it
    public record Operation(String path, String verb, String action) {}

    public static ApiDescription read(RawJson json) {
        return new ApiDescription(json, json.fields());
    }

    /// Where the gateway serves it, without a slash at the end.
    public String url() {
        String url = Documents.text(fields, "gwApiUrl");
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /// The OpenAPI 2.0 document.
    public RawJson document() {
        return fields.getOrDefault("apidoc", RawJson.NULL);
    }

    public String basePath() {
        return Documents.text(document().fields(), "basePath");
    }

    public String name() {
        return Documents.text(Documents.object(document().fields(), "info"), "title");
    }

    /// Why it is not served, if it is not; OpenWhisk's gateway does not tell.
    public Optional<String> problem() {
        return Optional.of(Documents.text(fields, "problem")).filter(each -> !each.isEmpty());
    }

    /// All operations, in the document's order.
    public List<Operation> operations() {
        var operations = new ArrayList<Operation>();
        Documents.object(document().fields(), "paths")
                .forEach((path, verbs) -> verbs.fields().forEach((verb, operation) -> {
                    if (operation.isObject()) {
                        operations.add(new Operation(path, verb, action(operation)));
                    }
                }));
        return operations;
    }

    private static String action(RawJson operation) {
        Map<String, RawJson> target = Documents.object(operation.fields(), "x-openwhisk");
        String packageName = Documents.text(target, "package");
        String name = Documents.text(target, "action");
        if (name.isEmpty()) {
            return "";
        }
        boolean isInPackage = !packageName.isEmpty() && !packageName.equals("default");
        return "/" + Documents.text(target, "namespace") + (isInPackage ? "/" + packageName : "") + "/" + name;
    }
}
