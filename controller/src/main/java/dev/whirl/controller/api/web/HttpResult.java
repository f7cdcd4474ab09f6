package dev.whirl.controller.api.web;

import dev.whirl.controller.api.http.Answer;
import dev.whirl.controller.api.http.Answer.Field;
import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import dev.whirl.model.json.RawJson;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A result of the form `{statusCode, headers, body}`: the function writes the HTTP answer itself (row W-10).
final class HttpResult {
    /// What belongs to the connection and not to the function (RFC 9110, 7.6.1), or is set by the platform.
    private static final Set<String> NOT_THE_FUNCTIONS = Set.of(
            "connection",
            "content-length",
            "content-type",
            "date",
            "keep-alive",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "x-openwhisk-activation-id",
            "x-request-id");

    private static final Pattern FIELD_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}");
    private static final Pattern FIELD_VALUE = Pattern.compile("[\\t\\x20-\\x7e\\x80-\\xff]*");

    private final @Nullable Integer status;
    private final List<Field> fields;
    private final @Nullable String type;
    private final RawJson body;

    private HttpResult(@Nullable Integer status, List<Field> fields, @Nullable String type, RawJson body) {
        this.status = status;
        this.fields = fields;
        this.type = type;
        this.body = body;
    }

    /// @throws ApiException 400 if the result has not that form
    static Answer answer(RawJson result) {
        if (!result.isObject()) {
            throw malformed();
        }
        var values = result.fields();
        List<Field> all = fields(values.getOrDefault("headers", RawJson.EMPTY_OBJECT));
        String type = all.stream()
                .filter(each -> isType(each))
                .map(Field::value)
                .reduce((_, last) -> last)
                .orElse(null);
        List<Field> own = all.stream()
                .filter(each -> !NOT_THE_FUNCTIONS.contains(each.name().toLowerCase(Locale.ROOT)))
                .toList();
        return new HttpResult(status(values.get("statusCode")), own, type, values.getOrDefault("body", RawJson.NULL))
                .answer();
    }

    private Answer answer() {
        return switch (body.kind()) {
            case NULL -> empty();
            case STRING -> text(body.asText().orElseThrow());
            case OBJECT, ARRAY, NUMBER, BOOLEAN -> json();
        };
    }

    private Answer empty() {
        return Answer.empty(status == null ? 204 : status).withFields(fields);
    }

    /// A text is sent as it is, unless its type is binary, or it looks like base64 where JSON should be.
    private Answer text(String text) {
        if (text.isEmpty()) {
            return empty();
        }
        MediaType media = media(MediaType.HTML);
        byte[] bytes = text.getBytes(encoding(media));
        if (media.isBinary()) {
            bytes = decoded(text).orElseThrow(HttpResult::typeUnknown);
        } else if (media.isJsonFamily()) {
            bytes = decoded(text).orElse(bytes);
        }
        return send(media, bytes);
    }

    /// JSON is always UTF-8 (RFC 8259, 8.1).
    private Charset encoding(MediaType media) {
        Charset declared = MediaType.charset(type);
        return media.isJsonFamily() || !declared.canEncode() ? StandardCharsets.UTF_8 : declared;
    }

    private Answer json() {
        MediaType media = media(MediaType.JSON);
        if (!media.isJsonFamily()) {
            throw new ApiException(ErrorCode.BAD_REQUEST, Messages.WEB_TYPE_MISMATCH);
        }
        return send(media, body.toBytes());
    }

    private Answer send(MediaType media, byte[] bytes) {
        int code = status == null ? 200 : status;
        if (code == 204 || code == 304) {
            return empty();
        }
        return Answer.bytes(code, shown(media), bytes).withFields(fields);
    }

    /// As the function declared it, with the encoding that the bytes really have.
    private String shown(MediaType media) {
        String declared = type == null ? media.toString() : type;
        boolean needsCharset = media.main().equals("text")
                && !declared.toLowerCase(Locale.ROOT).contains("charset");
        return needsCharset ? declared + "; charset=UTF-8" : declared;
    }

    private MediaType media(MediaType standard) {
        return type == null ? standard : MediaType.parse(type).orElseThrow(HttpResult::typeUnknown);
    }

    private static boolean isType(Field field) {
        return field.name().equalsIgnoreCase("content-type");
    }

    private static Optional<byte[]> decoded(String text) {
        try {
            return Optional.of(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// A whole number, or one in a string. Answers that are not the last one can't be sent.
    private static @Nullable Integer status(@Nullable RawJson json) {
        if (json == null) {
            return null;
        }
        long code = json.asText().map(HttpResult::parsed).orElseGet(() -> whole(json));
        if (code < 200 || code > 599) {
            throw malformed();
        }
        return Math.toIntExact(code);
    }

    /// Some languages write a whole number as `200.0`.
    private static long whole(RawJson json) {
        if (json.kind() != RawJson.Kind.NUMBER || json.sizeBytes() > 20) {
            throw malformed();
        }
        try {
            return new BigDecimal(json.toString()).longValueExact();
        } catch (ArithmeticException e) {
            throw malformed();
        }
    }

    private static long parsed(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw malformed();
        }
    }

    private static List<Field> fields(RawJson headers) {
        if (!headers.isObject()) {
            throw malformed();
        }
        var fields = new ArrayList<Field>();
        headers.fields().forEach((name, value) -> {
            if (value.kind() == RawJson.Kind.ARRAY) {
                value.elements().forEach(each -> fields.add(field(name, each)));
            } else {
                fields.add(field(name, value));
            }
        });
        return fields;
    }

    /// A value with a line break would be a header of its own (attack 39).
    private static Field field(String name, RawJson value) {
        String text = switch (value.kind()) {
            case STRING -> value.asText().orElseThrow();
            case NUMBER, BOOLEAN -> value.toString();
            case OBJECT, ARRAY, NULL -> throw malformed();
        };
        if (!FIELD_NAME.matcher(name).matches() || !FIELD_VALUE.matcher(text).matches()) {
            throw malformed();
        }
        return new Field(name, text);
    }

    private static ApiException malformed() {
        return new ApiException(ErrorCode.BAD_REQUEST, Messages.webResultInvalid("message/http"));
    }

    private static ApiException typeUnknown() {
        return new ApiException(ErrorCode.BAD_REQUEST, Messages.WEB_TYPE_UNKNOWN);
    }
}
