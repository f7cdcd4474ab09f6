package dev.whirl.controller.api.web;

import dev.whirl.model.entity.Annotations;
import dev.whirl.model.json.RawJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/// What the annotations of an action say about its use over the web (rows W-2, W-4, W-5, W-7).
///
/// @param isRaw whether query and body come as they are
/// @param answersOptions whether the function itself answers OPTIONS and sets the headers of CORS
record WebPolicy(boolean isExported, Credential required, boolean isRaw, boolean answersOptions) {
    /// The header that a secret is compared with.
    static final String SECRET_HEADER = "X-Require-Whisk-Auth";

    /// What callers must show.
    sealed interface Credential {
        record Nothing() implements Credential {}

        /// Any valid key of the platform.
        record AnyIdentity() implements Credential {}

        /// A text that the action's owner chose.
        record Secret(String text) implements Credential {}
    }

    static WebPolicy of(Annotations annotations) {
        return new WebPolicy(
                isTrue(annotations, "web-export"),
                credential(annotations.find("require-whisk-auth").orElse(RawJson.FALSE)),
                isTrue(annotations, "raw-http"),
                isTrue(annotations, "web-custom-options"));
    }

    /// @param isKnown whether valid credentials of the platform came along
    /// @param secret the value of [#SECRET_HEADER], null if there is none
    boolean admits(boolean isKnown, @Nullable String secret) {
        return switch (required) {
            case Credential.Nothing _ -> true;
            case Credential.AnyIdentity _ -> isKnown;
            case Credential.Secret(String text) -> secret != null && isEqual(text, secret);
        };
    }

    private static Credential credential(RawJson value) {
        return switch (value.kind()) {
            case BOOLEAN -> value.equals(RawJson.TRUE) ? new Credential.AnyIdentity() : new Credential.Nothing();
            case NUMBER -> new Credential.Secret(value.toString());
            case STRING -> new Credential.Secret(value.asText().orElse(""));
            case NULL -> new Credential.Nothing();
            case OBJECT, ARRAY -> new Credential.AnyIdentity(); // whatever was meant, it was not "open to all"
        };
    }

    private static boolean isTrue(Annotations annotations, String name) {
        return annotations.find(name).map(RawJson.TRUE::equals).orElse(false);
    }

    /// In a time that does not tell where they differ (attack 34).
    private static boolean isEqual(String expected, String shown) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8));
    }
}
