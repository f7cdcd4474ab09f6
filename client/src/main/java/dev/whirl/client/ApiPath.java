package dev.whirl.client;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Path and query of a resource below the API's version, percent-encoded. Immutable.
record ApiPath(String text) {
    private static final String HEX = "0123456789ABCDEF";

    /// A path of these segments, each encoded as a whole.
    static ApiPath of(String... segments) {
        var text = new StringBuilder();
        for (String each : segments) {
            encode(text.append('/'), each);
        }
        return new ApiPath(text.toString());
    }

    /// The path of a named thing in a collection; a name `package/name` keeps its slash.
    static ApiPath of(QualifiedName name, String collection) {
        var path = of("namespaces", name.namespace(), collection);
        return name.packageName() == null
                ? path.then(name.name())
                : path.then(name.packageName()).then(name.name());
    }

    ApiPath then(String segment) {
        return new ApiPath(text + of(segment).text());
    }

    /// The same with a slash at the end (row R-3).
    ApiPath asFolder() {
        return new ApiPath(text + "/");
    }

    /// Adds a query parameter; null adds nothing.
    ApiPath with(String key, @Nullable Object value) {
        if (value == null) {
            return this;
        }
        var longer = new StringBuilder(text)
                .append(text.indexOf('?') < 0 ? '?' : '&')
                .append(key)
                .append('=');
        encode(longer, value.toString());
        return new ApiPath(longer.toString());
    }

    private static void encode(StringBuilder out, String text) {
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (isUnreserved((char) (b & 0xff))) {
                out.append((char) b);
            } else {
                out.append('%').append(HEX.charAt((b >> 4) & 15)).append(HEX.charAt(b & 15));
            }
        }
    }

    private static boolean isUnreserved(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "-._~@".indexOf(c) >= 0;
    }
}
