package dev.whirl.controller.api.http;

import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/// The parameters of an address. Of equal names the first counts; an empty value counts as none.
///
/// @param raw as it was sent
public record Query(Map<String, String> values, String raw) {
    private static final Query NONE = new Query(Map.of(), "");

    public Query {
        values = Map.copyOf(values);
    }

    /// @throws ApiException 400 for broken escapes
    public static Query parse(String raw) {
        if (raw.isEmpty()) {
            return NONE;
        }
        var values = new HashMap<String, String>();
        forEach(raw, values::putIfAbsent);
        return new Query(values, raw);
    }

    /// Goes through `name=value&…` as addresses and forms have it; a name without a value has an empty one.
    ///
    /// @throws ApiException 400 for broken escapes
    public static void forEach(String raw, BiConsumer<String, String> each) {
        int start = 0;
        while (start < raw.length()) {
            int ampersand = raw.indexOf('&', start);
            int end = ampersand < 0 ? raw.length() : ampersand;
            int equal = raw.indexOf('=', start);
            int nameEnd = equal < 0 || equal > end ? end : equal;
            String name = Percent.decode(raw, start, nameEnd, true);
            each.accept(name, nameEnd == end ? "" : Percent.decode(raw, nameEnd + 1, end, true));
            start = end + 1;
        }
    }

    public Optional<String> find(String name) {
        return Optional.ofNullable(values.get(name)).filter(each -> !each.isEmpty());
    }

    /// @throws ApiException 400 if it is neither yes nor no
    public boolean flag(String name, boolean fallback) {
        String text = values.get(name);
        if (text == null || text.isEmpty()) {
            return fallback;
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "1" -> true;
            case "false", "no", "off", "0" -> false;
            default -> throw malformed(name, Messages.notABoolean(text));
        };
    }

    public static ApiException malformed(String name, String sentence) {
        return new ApiException(ErrorCode.BAD_REQUEST, Messages.queryMalformed(name, sentence));
    }
}
