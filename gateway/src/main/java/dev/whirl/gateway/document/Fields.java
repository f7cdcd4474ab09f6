package dev.whirl.gateway.document;

import dev.whirl.gateway.document.Mapping.Field;
import dev.whirl.gateway.document.Mapping.Place;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads names of fields: `message.headers.X-Tenant`, `request.query.id`.
final class Fields {
    private static final Pattern HEADER = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}");

    /// What belongs to the connection (RFC 9110, 7.6.1) or tells where a message ends: never set by a document.
    private static final Set<String> NOT_SETTABLE = Set.of(
            "connection",
            "content-length",
            "expect",
            "host",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private Fields() {}

    static Field parse(String text) throws InvalidApiException {
        String[] words = text.split("\\.", 3);
        boolean isScoped = words.length == 3 && (words[0].equals("message") || words[0].equals("request"));
        if (!isScoped || words[2].isEmpty()) {
            throw new InvalidApiException(
                    "'%s' names no field: write message.headers.NAME, or query, body or path instead of headers"
                            .formatted(text));
        }
        return field(words[1], words[2]);
    }

    private static Field field(String place, String name) throws InvalidApiException {
        return switch (place) {
            case "headers", "header" -> new Field(Place.HEADER, header(name));
            case "query", "parameters" -> new Field(Place.QUERY, name);
            case "body" -> new Field(Place.BODY, name);
            case "path" -> new Field(Place.PATH, name);
            default ->
                throw new InvalidApiException(
                        "'%s' is no place of a field; there are headers, query, body and path".formatted(place));
        };
    }

    /// In lower case.
    private static String header(String name) throws InvalidApiException {
        String lower = name.toLowerCase(Locale.ROOT);
        if (!HEADER.matcher(name).matches() || NOT_SETTABLE.contains(lower)) {
            throw new InvalidApiException("'%s' is no header that an API may use".formatted(name));
        }
        return lower;
    }
}
