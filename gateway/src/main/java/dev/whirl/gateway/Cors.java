package dev.whirl.gateway;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The headers by which browsers let any page call an API. Any page may, so none may do it with the user's cookies.
final class Cors {
    private static final String STANDARD_HEADERS =
            "Authorization, Origin, X-Requested-With, Content-Type, Accept, User-Agent, X-Api-Key, X-Api-Secret";

    private Cors() {}

    /// @param requested what a browser asks to be allowed, null if it does not ask
    static SequencedMap<String, String> fields(List<String> verbs, @Nullable String requested) {
        var methods = new TreeSet<>(verbs);
        methods.add("OPTIONS");
        var fields = new LinkedHashMap<String, String>();
        fields.put("Access-Control-Allow-Origin", "*");
        fields.put("Access-Control-Allow-Methods", String.join(", ", methods));
        fields.put("Access-Control-Allow-Headers", requested == null ? STANDARD_HEADERS : requested);
        return fields;
    }
}
