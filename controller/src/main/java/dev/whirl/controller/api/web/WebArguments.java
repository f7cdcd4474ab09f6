package dev.whirl.controller.api.web;

import dev.whirl.controller.api.http.Query;
import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.MalformedJsonException;
import dev.whirl.model.json.RawJson;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Makes arguments of an HTTP request (rows W-6 to W-8).
final class WebArguments {
    private static final String METHOD = "__ow_method";
    private static final String HEADERS = "__ow_headers";
    private static final String PATH = "__ow_path";
    private static final String USER = "__ow_user";
    private static final String QUERY = "__ow_query";
    private static final String BODY = "__ow_body";

    /// Names that only the platform gives a meaning.
    private static final Set<String> RESERVED = Set.of(METHOD, HEADERS, PATH, USER, QUERY, BODY);

    private WebArguments() {}

    /// Parameters of query and body beside those that describe the request; those of the body win.
    ///
    /// @throws ApiException 400 for a body that is not what its type says, and for reserved names
    static RawJson merged(WebRequest request) {
        var arguments = new LinkedHashMap<String, RawJson>();
        Query.forEach(request.query(), (name, value) -> arguments.put(name, RawJson.string(value)));
        RawJson body = body(request);
        if (body.isObject()) {
            arguments.putAll(body.fields());
        }
        if (!java.util.Collections.disjoint(arguments.keySet(), RESERVED)) {
            throw new ApiException(ErrorCode.BAD_REQUEST, Messages.PARAMETERS_NOT_ALLOWED);
        }
        if (!body.isObject() && request.body().length > 0) {
            arguments.put(BODY, body);
        }
        describe(request, arguments);
        return RawJson.object(arguments);
    }

    /// Query and body as they came.
    static RawJson raw(WebRequest request) {
        var arguments = new LinkedHashMap<String, RawJson>();
        arguments.put(QUERY, RawJson.string(request.query()));
        arguments.put(BODY, request.type().isJson() ? base64(request.body()) : textOrBase64(request));
        describe(request, arguments);
        return RawJson.object(arguments);
    }

    private static void describe(WebRequest request, Map<String, RawJson> arguments) {
        arguments.put(METHOD, RawJson.string(request.method().toLowerCase(Locale.ROOT)));
        var headers = new JsonWriter(512).startObject();
        request.headers().forEach(headers::field);
        arguments.put(HEADERS, headers.endObject().toRawJson());
        arguments.put(PATH, RawJson.string(request.path()));
        if (request.user() != null) {
            arguments.put(USER, RawJson.string(request.user()));
        }
    }

    /// An object gives parameters; anything else is the body.
    private static RawJson body(WebRequest request) {
        MediaType type = request.type();
        if (request.body().length == 0) {
            return RawJson.EMPTY_OBJECT;
        }
        if (type.isJsonFamily()) {
            return json(request.body());
        }
        return type.isForm() ? form(request.body()) : textOrBase64(request);
    }

    private static RawJson json(byte[] body) {
        try {
            return RawJson.parse(body).compact();
        } catch (MalformedJsonException e) {
            throw new ApiException(ErrorCode.BAD_REQUEST, Messages.contentMalformed(String.valueOf(e.getMessage())));
        }
    }

    private static RawJson form(byte[] body) {
        var fields = new LinkedHashMap<String, RawJson>();
        Query.forEach(escaped(body).strip(), (name, value) -> fields.put(name, RawJson.string(value)));
        return RawJson.object(fields);
    }

    /// Bytes beyond ASCII, which some clients send as they are, in the form that they should have had.
    private static String escaped(byte[] body) {
        var out = new StringBuilder(body.length + 16);
        for (byte each : body) {
            if (each < 0) {
                out.append('%').append(HexFormat.of().toHexDigits(each));
            } else {
                out.append((char) each);
            }
        }
        return out.toString();
    }

    private static RawJson textOrBase64(WebRequest request) {
        return request.body().length > 0 && request.type().isBinary()
                ? base64(request.body())
                : RawJson.string(request.text());
    }

    private static RawJson base64(byte[] bytes) {
        return RawJson.string(Base64.getEncoder().encodeToString(bytes));
    }
}
