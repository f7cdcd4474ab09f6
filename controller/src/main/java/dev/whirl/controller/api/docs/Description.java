package dev.whirl.controller.api.docs;

import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.RawJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Writes a description of routes, in the form of Swagger 2.0, which old clients read, or of OpenAPI 3.1.
///
/// @param base what all paths begin with
record Description(String title, String version, String base, List<Operation> operations) {
    private static final Set<String> NUMBERS = Set.of("limit", "skip", "timeout", "since", "upto");
    private static final Map<Integer, String> ANSWERS = Map.ofEntries(
            Map.entry(200, "Done"),
            Map.entry(202, "Accepted; the activation goes on"),
            Map.entry(204, "Nothing to do: no active rules"),
            Map.entry(400, "Bad request"),
            Map.entry(401, "Unauthorized request"),
            Map.entry(403, "Not allowed for this user"),
            Map.entry(404, "Item not found"),
            Map.entry(409, "Conflicting item already exists, or changed meanwhile"),
            Map.entry(413, "Request entity too large"),
            Map.entry(429, "Too many requests in a given time period"),
            Map.entry(500, "Server error"),
            Map.entry(502, "The action ended with an error of its own"),
            Map.entry(503, "The server has no room at the moment"));

    RawJson swagger() {
        var out = new JsonWriter(32_768).startObject().field("swagger", "2.0");
        writeInfo(out);
        out.name("produces").startArray().string("application/json").endArray();
        out.field("basePath", base.isEmpty() ? "/" : base);
        out.name("securityDefinitions").startObject();
        out.name("basicAuth").startObject().field("type", "basic").endObject();
        out.endObject();
        writeSecurity(out);
        writeTags(out);
        writePaths(out, true);
        out.name("definitions").startObject();
        writeError(out);
        return out.endObject().endObject().toRawJson();
    }

    RawJson openApi() {
        var out = new JsonWriter(32_768).startObject().field("openapi", "3.1.0");
        writeInfo(out);
        out.name("servers").startArray().startObject().field("url", base.isEmpty() ? "/" : base);
        out.endObject().endArray();
        writeSecurity(out);
        writeTags(out);
        writePaths(out, false);
        out.name("components").startObject();
        out.name("securitySchemes").startObject().name("basicAuth").startObject();
        out.field("type", "http").field("scheme", "basic").endObject().endObject();
        out.name("schemas").startObject();
        writeError(out);
        return out.endObject().endObject().endObject().toRawJson();
    }

    private void writeInfo(JsonWriter out) {
        out.name("info")
                .startObject()
                .field("title", title)
                .field("description", "API for functions, in the form of Apache OpenWhisk")
                .field("version", version)
                .endObject();
    }

    private static void writeSecurity(JsonWriter out) {
        out.name("security").startArray().startObject().name("basicAuth").startArray();
        out.endArray().endObject().endArray();
    }

    private void writeTags(JsonWriter out) {
        out.name("tags").startArray();
        operations.stream()
                .map(Operation::tag)
                .distinct()
                .forEach(tag -> out.startObject().field("name", tag).endObject());
        out.endArray();
    }

    private void writePaths(JsonWriter out, boolean isSwagger) {
        var byPath = new LinkedHashMap<String, LinkedHashMap<String, Operation>>();
        for (Operation each : operations) {
            byPath.computeIfAbsent(each.path(), _ -> new LinkedHashMap<>()).putIfAbsent(each.method(), each);
        }
        out.name("paths").startObject();
        byPath.forEach((path, methods) -> {
            out.name(path).startObject();
            methods.forEach((method, operation) -> write(out.name(method), operation, isSwagger));
            out.endObject();
        });
        out.endObject();
    }

    private static void write(JsonWriter out, Operation operation, boolean isSwagger) {
        out.startObject().name("tags").startArray().string(operation.tag()).endArray();
        out.field("summary", operation.summary())
                .field("description", operation.summary() + ".")
                .field("operationId", operation.id());
        if (!operation.isGuarded()) {
            out.name("security").startArray().endArray();
        }
        out.name("parameters").startArray();
        operation.variables().forEach(each -> writeParameter(out, each, "path", "In the path: " + each, isSwagger));
        operation.query().forEach((name, meaning) -> writeParameter(out, name, "query", meaning, isSwagger));
        if (operation.hasBody() && isSwagger) {
            out.startObject().field("name", "payload").field("in", "body").field("required", false);
            writeObject(out.name("schema"));
            out.endObject();
        }
        out.endArray();
        if (operation.hasBody() && !isSwagger) {
            out.name("requestBody").startObject();
            writeJson(out, false);
            out.endObject();
        }
        writeAnswers(out, operation, isSwagger);
        out.endObject();
    }

    private static void writeParameter(JsonWriter out, String name, String in, String meaning, boolean isSwagger) {
        out.startObject().field("name", name).field("in", in).field("description", meaning);
        out.field("required", in.equals("path"));
        String type =
                in.equals("path") || name.equals("name") ? "string" : NUMBERS.contains(name) ? "integer" : "boolean";
        if (isSwagger) {
            out.field("type", type);
        } else {
            out.name("schema").startObject().field("type", type).endObject();
        }
        out.endObject();
    }

    private static void writeAnswers(JsonWriter out, Operation operation, boolean isSwagger) {
        out.name("responses").startObject();
        for (int status : operation.answers()) {
            out.name(Integer.toString(status)).startObject();
            out.field("description", ANSWERS.getOrDefault(status, "Answer"));
            boolean isError = status >= 400 && status != 502;
            if (isError && isSwagger) {
                out.name("schema")
                        .startObject()
                        .field("$ref", "#/definitions/ErrorMessage")
                        .endObject();
            } else if (isError) {
                writeJson(out, true);
            }
            out.endObject();
        }
        out.endObject();
    }

    private static void writeJson(JsonWriter out, boolean isError) {
        out.name("content").startObject().name("application/json").startObject();
        if (isError) {
            out.name("schema")
                    .startObject()
                    .field("$ref", "#/components/schemas/ErrorMessage")
                    .endObject();
        } else {
            writeObject(out.name("schema"));
        }
        out.endObject().endObject();
    }

    private static void writeObject(JsonWriter out) {
        out.startObject().field("type", "object").endObject();
    }

    /// Row R-6.
    private static void writeError(JsonWriter out) {
        out.name("ErrorMessage").startObject().field("type", "object");
        out.name("required").startArray().string("error").string("code").endArray();
        out.name("properties").startObject();
        out.name("error").startObject().field("type", "string").endObject();
        out.name("code").startObject().field("type", "string").endObject();
        out.endObject().endObject();
    }
}
