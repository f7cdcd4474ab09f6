package dev.whirl.controller.api.web;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A type of content (RFC 9110, 8.3.1), in lower case and without its parameters.
record MediaType(String main, String sub) {
    static final MediaType JSON = new MediaType("application", "json");
    static final MediaType HTML = new MediaType("text", "html");
    private static final MediaType FORM = new MediaType("application", "x-www-form-urlencoded");
    private static final MediaType UNKNOWN = new MediaType("application", "octet-stream");

    private static final String TOKEN = "([!#$%&'*+.^_`|~0-9A-Za-z-]{1,127})";
    private static final Pattern FORM_OF_TYPE = Pattern.compile("\\s*" + TOKEN + "/" + TOKEN + "\\s*(;.*)?");

    private static final Pattern CHARSET =
            Pattern.compile(";\\s*charset\\s*=\\s*\"?([!#$%&'*+.^_`|~0-9A-Za-z:-]{1,64})", Pattern.CASE_INSENSITIVE);

    /// Types of text below `application`, beside those that end in `+xml` or `+json`.
    private static final Set<String> TEXTS =
            Set.of("json", "javascript", "ecmascript", "xml", "xml-dtd", "graphql", "x-www-form-urlencoded", "yaml");

    /// @return empty if the text is no type
    static Optional<MediaType> parse(String text) {
        Matcher matcher = FORM_OF_TYPE.matcher(text);
        return matcher.matches()
                ? Optional.of(new MediaType(
                        matcher.group(1).toLowerCase(Locale.ROOT),
                        matcher.group(2).toLowerCase(Locale.ROOT)))
                : Optional.empty();
    }

    /// The type of a request's body; without one, or with one that can't be understood, it is bytes.
    static MediaType ofRequest(String header) {
        return parse(header).orElse(UNKNOWN);
    }

    /// How text of a type is written in bytes: as its `charset` says where Java knows that one, else UTF-8.
    static Charset charset(@Nullable String header) {
        Matcher matcher = CHARSET.matcher(header == null ? "" : header);
        try {
            return matcher.find() ? Charset.forName(matcher.group(1)) : StandardCharsets.UTF_8;
        } catch (IllegalArgumentException e) {
            return StandardCharsets.UTF_8;
        }
    }

    boolean isForm() {
        return equals(FORM);
    }

    boolean isJson() {
        return equals(JSON);
    }

    /// JSON, or something written in JSON.
    boolean isJsonFamily() {
        return isJson() || sub.endsWith("+json");
    }

    /// Whether it is bytes rather than text.
    boolean isBinary() {
        return switch (main) {
            case "text", "message", "multipart" -> false;
            case "application" -> !TEXTS.contains(sub) && !sub.endsWith("+xml") && !sub.endsWith("+json");
            default -> !sub.endsWith("+xml");
        };
    }

    @Override
    public String toString() {
        return main + "/" + sub;
    }
}
