package dev.whirl.cli.action;

import dev.whirl.cli.command.CliException;
import dev.whirl.client.ActionDocument;
import dev.whirl.client.KeyValues;
import dev.whirl.model.json.RawJson;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What `--web` and `--web-secure` mean for an action's annotations (row L-36).
///
/// @param values annotations to set
/// @param removed annotations to remove
public record WebAnnotations(KeyValues values, List<String> removed) {
    static final String SECRET = "require-whisk-auth";

    private static final String WEB_EXPORT = "web-export";

    /// Numbers up to here are exact in JavaScript.
    private static final long MAX_SECRET = (1L << 53) - 1;

    /// @param annotations from the command line
    /// @param web value of `--web`, null if it was not given
    public static KeyValues withWeb(KeyValues annotations, @Nullable String web) {
        if (web == null) {
            return annotations;
        }
        return switch (web.toLowerCase(Locale.ROOT)) {
            case "yes", "true" -> with(annotations, true, false, true);
            case "raw" -> with(annotations, true, true, true);
            case "no", "false" -> with(annotations, false, false, false);
            default ->
                throw CliException.usage(
                        "Invalid argument '%s' for --web flag. Valid input consist of 'yes', 'true', 'raw', 'false', or 'no'."
                                .formatted(web));
        };
    }

    /// @param annotations from the command line, with those of `--web`
    /// @param secure value of `--web-secure`, null if it was not given
    /// @param existing the action as it is, null if there is none
    static WebAnnotations withSecret(
            KeyValues annotations, @Nullable String secure, @Nullable ActionDocument existing) {
        if (secure == null) {
            return new WebAnnotations(annotations, List.of());
        }
        KeyValues current = existing == null ? KeyValues.NONE : existing.annotations();
        if (!current.overriddenBy(annotations).isTrue(WEB_EXPORT)) {
            throw CliException.usage("The --web-secure option is only valid when the --web option is enabled.");
        }
        return switch (secure.toLowerCase(Locale.ROOT)) {
            case "false" ->
                current.find(SECRET).isPresent()
                        ? new WebAnnotations(annotations.without(SECRET), List.of(SECRET))
                        : new WebAnnotations(annotations.with(SECRET, RawJson.FALSE), List.of());
            case "true" ->
                current.find(SECRET).filter(WebAnnotations::isNumber).isPresent()
                        ? new WebAnnotations(annotations, List.of())
                        : new WebAnnotations(annotations.with(SECRET, randomSecret()), List.of());
            default -> new WebAnnotations(annotations.with(SECRET, RawJson.string(secure)), List.of());
        };
    }

    private static KeyValues with(KeyValues annotations, boolean isExported, boolean isRaw, boolean isFinal) {
        return annotations
                .with(WEB_EXPORT, RawJson.bool(isExported))
                .with("raw-http", RawJson.bool(isRaw))
                .with("final", RawJson.bool(isFinal));
    }

    private static boolean isNumber(RawJson value) {
        return value.kind() == RawJson.Kind.NUMBER;
    }

    private static RawJson randomSecret() {
        return RawJson.number(new SecureRandom().nextLong(1, MAX_SECRET));
    }
}
