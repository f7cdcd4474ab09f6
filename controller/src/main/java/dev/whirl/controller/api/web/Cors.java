package dev.whirl.controller.api.web;

import dev.whirl.controller.api.http.Answer.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The headers by which browsers let any page call a web action (row W-5).
final class Cors {
    private static final String STANDARD_HEADERS =
            "Authorization, Origin, X-Requested-With, Content-Type, Accept, User-Agent";

    private Cors() {}

    /// @param requested what a browser asks to be allowed, null if it does not ask
    static List<Field> fields(@Nullable String requested) {
        return List.of(
                new Field("Access-Control-Allow-Origin", "*"),
                new Field("Access-Control-Allow-Methods", "OPTIONS, GET, DELETE, POST, PUT, HEAD, PATCH"),
                new Field("Access-Control-Allow-Headers", requested == null ? STANDARD_HEADERS : requested));
    }
}
