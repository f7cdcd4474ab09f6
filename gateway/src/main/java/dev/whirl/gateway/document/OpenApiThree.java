package dev.whirl.gateway.document;

import dev.whirl.model.json.MalformedJsonException;
import dev.whirl.model.json.RawJson;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Makes Swagger 2.0 of OpenAPI 3.
final class OpenApiThree {
    private static final Set<String> VERBS =
            Set.of("get", "put", "post", "delete", "patch", "head", "options", "trace");
    private static final Set<String> DROPPED = Set.of("openapi", "servers", "components", "paths");
    private static final String JSON = "application/json";

    private OpenApiThree() {}

    static RawJson toSwagger(RawJson document) throws InvalidApiException {
        Map<String, RawJson> from = withoutReferencesToComponents(document).fields();
        if (!Json.text(from, "openapi", "").startsWith("3.")) {
            throw new InvalidApiException("the document is neither Swagger 2.0 nor OpenAPI 3");
        }
        Map<String, RawJson> components = Json.object(from, "components");
        var to = new LinkedHashMap<String, RawJson>();
        to.put("swagger", RawJson.string("2.0"));
        to.put("info", from.getOrDefault("info", RawJson.EMPTY_OBJECT));
        to.put("basePath", RawJson.string(basePath(Json.list(from, "servers"))));
        from.forEach((name, value) -> {
            if (!DROPPED.contains(name)) {
                to.put(name, value);
            }
        });
        to.put("paths", paths(Json.object(from, "paths")));
        putIfThere(to, "definitions", components.get("schemas"));
        putIfThere(to, "parameters", components.get("parameters"));
        if (components.containsKey("securitySchemes")) {
            to.put("securityDefinitions", schemes(Json.object(components, "securitySchemes")));
        }
        return RawJson.object(to);
    }

    private static RawJson withoutReferencesToComponents(RawJson document) throws InvalidApiException {
        try {
            return RawJson.parse(document.toString()
                    .replace("\"#/components/schemas/", "\"#/definitions/")
                    .replace("\"#/components/parameters/", "\"#/parameters/"));
        } catch (MalformedJsonException e) {
            throw new InvalidApiException("the document is no JSON: " + e.getMessage());
        }
    }

    /// The path of the first server.
    private static String basePath(List<RawJson> servers) throws InvalidApiException {
        String url = servers.isEmpty() ? "/" : Json.text(servers.getFirst().fields(), "url", "/");
        try {
            String path = URI.create(url).getPath();
            return path == null || path.isEmpty() ? "/" : path;
        } catch (IllegalArgumentException e) {
            throw new InvalidApiException("servers: '%s' is no address".formatted(url));
        }
    }

    private static RawJson paths(Map<String, RawJson> from) {
        var to = new LinkedHashMap<String, RawJson>();
        from.forEach((path, item) -> {
            var verbs = new LinkedHashMap<String, RawJson>();
            item.fields()
                    .forEach((name, value) ->
                            verbs.put(name, VERBS.contains(name) ? operation(value) : part(name, value)));
            verbs.remove("servers");
            to.put(path, RawJson.object(verbs));
        });
        return RawJson.object(to);
    }

    private static RawJson part(String name, RawJson value) {
        return name.equals("parameters") ? parameters(value) : value;
    }

    private static RawJson operation(RawJson from) {
        var to = new LinkedHashMap<>(from.fields());
        RawJson body = to.remove("requestBody");
        to.remove("callbacks");
        to.remove("servers");
        var parameters = new ArrayList<>(
                parameters(to.getOrDefault("parameters", RawJson.EMPTY_ARRAY)).elements());
        if (body != null) {
            parameters.add(bodyParameter(body));
        }
        if (!parameters.isEmpty()) {
            to.put("parameters", RawJson.array(parameters));
        }
        to.put("responses", responses(Json.object(to, "responses")));
        return RawJson.object(to);
    }

    private static RawJson parameters(RawJson from) {
        return RawJson.array(
                from.elements().stream().map(OpenApiThree::parameter).toList());
    }

    /// What the schema says stands beside the name in Swagger.
    private static RawJson parameter(RawJson from) {
        var to = new LinkedHashMap<>(from.fields());
        RawJson schema = to.remove("schema");
        if (schema != null) {
            schema.fields().forEach(to::putIfAbsent);
            to.putIfAbsent("type", RawJson.string("string"));
        }
        return RawJson.object(to);
    }

    private static RawJson bodyParameter(RawJson body) {
        var to = new LinkedHashMap<String, RawJson>();
        to.put("name", RawJson.string("body"));
        to.put("in", RawJson.string("body"));
        to.put("required", body.field("required").orElse(RawJson.FALSE));
        to.put("schema", schema(body.fields()));
        return RawJson.object(to);
    }

    private static RawJson responses(Map<String, RawJson> from) {
        var to = new LinkedHashMap<String, RawJson>();
        from.forEach((status, response) -> {
            var fields = new LinkedHashMap<String, RawJson>();
            fields.put("description", response.field("description").orElse(RawJson.string("")));
            if (response.hasField("content")) {
                fields.put("schema", schema(response.fields()));
            }
            to.put(status, RawJson.object(fields));
        });
        if (to.isEmpty()) {
            to.put("default", RawJson.object("description", RawJson.string("Default response")));
        }
        return RawJson.object(to);
    }

    private static RawJson schema(Map<String, RawJson> withContent) {
        return Json.object(Json.object(withContent, "content"), JSON).getOrDefault("schema", RawJson.EMPTY_OBJECT);
    }

    /// `openIdConnect` and `http` with bearer tokens are what `oauth2` is to the gateway.
    private static RawJson schemes(Map<String, RawJson> from) {
        var to = new LinkedHashMap<String, RawJson>();
        from.forEach((name, scheme) -> {
            var fields = new LinkedHashMap<>(scheme.fields());
            String type = Json.text(fields, "type", "");
            boolean isBearer =
                    type.equals("http") && Json.text(fields, "scheme", "").equalsIgnoreCase("bearer");
            if (isBearer || type.equals("openIdConnect")) {
                fields.put("type", RawJson.string("oauth2"));
            }
            to.put(name, RawJson.object(fields));
        });
        return RawJson.object(to);
    }

    private static void putIfThere(
            Map<String, RawJson> to, String name, @org.jspecify.annotations.Nullable RawJson value) {
        if (value != null) {
            to.put(name, value);
        }
    }
}
