package dev.whirl.gateway.document;

import dev.whirl.gateway.document.Security.Requirement;
import dev.whirl.gateway.document.Security.TokenProvider;
import dev.whirl.model.json.RawJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `securityDefinitions` and `security` of a document (row G-4).
final class SecurityReader {
    private static final String GOOGLE_KEYS = "https://www.googleapis.com/oauth2/v3/certs";
    private static final List<String> GOOGLE = List.of("https://accounts.google.com", "accounts.google.com");
    private static final String GITHUB = "https://api.github.com/user";
    private static final String FACEBOOK = "https://graph.facebook.com/me";

    private final Map<String, Requirement> definitions;
    private final @Nullable RawJson standard;

    private SecurityReader(Map<String, Requirement> definitions, @Nullable RawJson standard) {
        this.definitions = definitions;
        this.standard = standard;
    }

    static SecurityReader of(Map<String, RawJson> document, TargetRules rules) throws InvalidApiException {
        var definitions = new LinkedHashMap<String, Requirement>();
        if (document.containsKey("securityDefinitions")
                && !document.getOrDefault("securityDefinitions", RawJson.NULL).isObject()) {
            throw new InvalidApiException("securityDefinitions must be an object");
        }
        for (var each : Json.object(document, "securityDefinitions").entrySet()) {
            definitions.put(
                    each.getKey(), requirement(each.getKey(), each.getValue().fields(), rules));
        }
        return new SecurityReader(definitions, document.get("security"));
    }

    /// @param own `security` of an operation; without it that of the document counts, and without that one all that
    ///     is defined
    List<Security> of(@Nullable RawJson own) throws InvalidApiException {
        RawJson chosen = own == null ? standard : own;
        if (chosen == null) {
            return definitions.isEmpty() ? List.of() : List.of(new Security(List.copyOf(definitions.values())));
        }
        if (chosen.kind() != RawJson.Kind.ARRAY) {
            throw new InvalidApiException("security must be a list, as in [{\"client_id\": []}]");
        }
        var all = new ArrayList<Security>();
        for (RawJson alternative : chosen.elements()) {
            if (!alternative.isObject()) {
                throw new InvalidApiException("security: each element must be an object, as in {\"client_id\": []}");
            }
            var requirements = new ArrayList<Requirement>();
            for (String name : alternative.fields().keySet()) {
                Requirement known = definitions.get(name);
                if (known == null) {
                    throw new InvalidApiException("securityDefinitions has no '%s'".formatted(name));
                }
                requirements.add(known);
            }
            all.add(new Security(requirements));
        }
        return List.copyOf(all);
    }

    private static Requirement requirement(String name, Map<String, RawJson> fields, TargetRules rules)
            throws InvalidApiException {
        return switch (Json.text(fields, "type", "")) {
            case "apiKey" -> key(name, fields);
            case "oauth2" -> new Requirement.Token(provider(name, fields, rules));
            default ->
                throw new InvalidApiException(
                        "securityDefinitions: '%s' must have the type apiKey or oauth2".formatted(name));
        };
    }

    private static Requirement key(String name, Map<String, RawJson> fields) throws InvalidApiException {
        if (!Json.text(fields, "in", "header").equals("header")) {
            throw new InvalidApiException("securityDefinitions: '%s' must be in a header".formatted(name));
        }
        boolean isSecret =
                Json.text(fields, "x-key-type", name).toLowerCase(Locale.ROOT).contains("secret");
        String header = Json.text(fields, "name", isSecret ? "X-Api-Secret" : "X-Api-Key");
        String lower = Fields.parse("message.headers." + header).name();
        return isSecret ? new Requirement.ClientSecret(lower) : new Requirement.ClientId(lower);
    }

    private static TokenProvider provider(String name, Map<String, RawJson> fields, TargetRules rules)
            throws InvalidApiException {
        String provider = Json.text(fields, "x-provider", name);
        List<String> audience = list(fields.getOrDefault("x-audience", RawJson.NULL));
        String keys = Json.text(fields, "x-jwks-url", "");
        if (!keys.isEmpty()) {
            return new TokenProvider.Signed(
                    rules.outside(keys), list(fields.getOrDefault("x-issuer", RawJson.NULL)), audience);
        }
        return switch (provider) {
            case "mock" -> new TokenProvider.Mock();
            case "google" -> new TokenProvider.Signed(GOOGLE_KEYS, GOOGLE, audience);
            case "github" -> new TokenProvider.Asked(GITHUB);
            case "facebook" -> new TokenProvider.Asked(FACEBOOK);
            default ->
                throw new InvalidApiException(
                        "securityDefinitions: '%s' needs x-jwks-url, or x-provider google, github, facebook or mock"
                                .formatted(name));
        };
    }

    /// One text or several.
    private static List<String> list(RawJson json) {
        return json.asText().map(List::of).orElseGet(() -> Json.texts(json));
    }
}
