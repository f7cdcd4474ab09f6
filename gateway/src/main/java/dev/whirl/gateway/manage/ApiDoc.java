package dev.whirl.gateway.manage;

import dev.whirl.gateway.document.Json;
import dev.whirl.model.json.MalformedJsonException;
import dev.whirl.model.json.RawJson;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What `createApi` is given (rows G-8, G-10).
sealed interface ApiDoc {
    Set<String> RESPONSE_TYPES = Set.of("json", "http", "html", "text", "svg");

    /// The base path of the API it is about; of an existing one it may be the name.
    String basePathOrName();

    /// A whole document, which takes the place of what was there.
    record Whole(RawJson swagger) implements ApiDoc {
        @Override
        public String basePathOrName() {
            return Json.text(swagger.fields(), "basePath", "/");
        }
    }

    /// One operation, which is added to what was there.
    ///
    /// @param apiName null for the base path
    /// @param verb in lower case
    /// @param parameters of the path
    record OneOperation(
            String basePathOrName,
            @Nullable String apiName,
            String path,
            String verb,
            RawJson parameters,
            Backend backend)
            implements ApiDoc {}

    /// The action behind an operation.
    ///
    /// @param secret what the action wants to see in `X-Require-Whisk-Auth`; null for nothing
    record Backend(
            String namespace,
            String packageName,
            String action,
            String url,
            @Nullable String secret) {
        @Override
        public String toString() {
            return "Backend[%s/%s/%s]".formatted(namespace, packageName, action);
        }
    }

    /// The sentence is one of row G-10.
    final class MalformedException extends Exception {
        MalformedException(String sentence) {
            super(sentence, null, false, false);
        }
    }

    /// @param own the caller's namespace, which `_` stands for
    static ApiDoc read(@Nullable RawJson parameter, Optional<String> responseType, String own)
            throws MalformedException {
        if (parameter == null || parameter.equals(RawJson.NULL)) {
            throw new MalformedException("apidoc is required.");
        }
        Map<String, RawJson> fields = parsed(parameter, "apidoc").fields();
        require(fields, "namespace", "apidoc is missing the namespace field");
        return isThere(fields, "swagger") ? whole(fields) : operation(fields, responseType, own);
    }

    private static ApiDoc whole(Map<String, RawJson> fields) throws MalformedException {
        if (isThere(fields, "gatewayBasePath")) {
            throw new MalformedException(
                    "swagger and gatewayBasePath are mutually exclusive and cannot be specified together.");
        }
        RawJson swagger = parsed(fields.getOrDefault("swagger", RawJson.NULL), "swagger");
        if (!swagger.hasField("openapi")) {
            Map<String, RawJson> inside = swagger.fields();
            for (String name : new String[] {"basePath", "paths", "info"}) {
                require(inside, name, "swagger is missing the %s field.".formatted(name));
            }
        }
        return new Whole(swagger);
    }

    private static ApiDoc operation(Map<String, RawJson> fields, Optional<String> responseType, String own)
            throws MalformedException {
        for (String name : new String[] {"gatewayBasePath", "gatewayPath", "gatewayMethod"}) {
            require(fields, name, "apidoc is missing the %s field".formatted(name));
        }
        require(fields, "action", "apidoc is missing the action field.");
        Map<String, RawJson> action = Json.object(fields, "action");
        for (String name : new String[] {"backendMethod", "backendUrl", "namespace", "name", "authkey"}) {
            require(action, name, "action is missing the %s field.".formatted(name));
        }
        String path = Json.text(fields, "gatewayPath", "");
        String type = responseType.orElse("").toLowerCase(Locale.ROOT);
        if (!type.isEmpty() && !RESPONSE_TYPES.contains(type)) {
            throw new MalformedException("responsetype must be one of json, http, html, text and svg.");
        }
        Backend backend = backend(action, type, own);
        if (path.contains("{") && !backend.url().endsWith(".http")) {
            throw new MalformedException("A response type of 'http' is required when using path parameters.");
        }
        return new OneOperation(
                Json.text(fields, "gatewayBasePath", ""),
                fields.getOrDefault("apiName", RawJson.NULL).asText().orElse(null),
                path,
                Json.text(fields, "gatewayMethod", "").toLowerCase(Locale.ROOT),
                fields.getOrDefault("pathParameters", RawJson.EMPTY_ARRAY),
                backend);
    }

    private static Backend backend(Map<String, RawJson> action, String type, String own) {
        String name = Json.text(action, "name", "").replaceFirst("^/[^/]+/", "");
        int slash = name.indexOf('/');
        String namespace = Json.text(action, "namespace", "");
        RawJson secret = action.get("secureKey");
        return new Backend(
                namespace.equals("_") ? own : namespace,
                slash < 0 ? "default" : name.substring(0, slash),
                name.substring(slash + 1),
                withType(Json.text(action, "backendUrl", ""), type),
                secret == null || secret.equals(RawJson.FALSE) || secret.equals(RawJson.TRUE)
                        ? null
                        : secret.asText().orElseGet(secret::toString));
    }

    /// The address with this extension in place of its own.
    private static String withType(String url, String type) {
        int dot = url.lastIndexOf('.');
        boolean hasOne = dot > url.lastIndexOf('/') && RESPONSE_TYPES.contains(url.substring(dot + 1));
        if (type.isEmpty()) {
            return hasOne ? url : url + ".json";
        }
        return (hasOne ? url.substring(0, dot) : url) + "." + type;
    }

    /// JSON, or a text with JSON in it.
    private static RawJson parsed(RawJson value, String name) throws MalformedException {
        try {
            Optional<String> text = value.asText();
            RawJson json = text.isPresent() ? RawJson.parse(text.get()) : value;
            if (json.isObject()) {
                return json;
            }
        } catch (MalformedJsonException e) {
            // said below
        }
        throw new MalformedException("%s field cannot be parsed. Ensure it is valid JSON.".formatted(name));
    }

    private static boolean isThere(Map<String, RawJson> fields, String name) {
        RawJson value = fields.getOrDefault(name, RawJson.NULL);
        return !value.equals(RawJson.NULL) && !value.equals(RawJson.string(""));
    }

    private static void require(Map<String, RawJson> fields, String name, String sentence) throws MalformedException {
        if (!isThere(fields, name)) {
            throw new MalformedException(sentence);
        }
    }
}
