package dev.whirl.gateway.document;

import dev.whirl.gateway.document.Security.Requirement;
import dev.whirl.gateway.document.Security.TokenProvider;
import dev.whirl.model.json.RawJson;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `securityDefinitions` and `security` of a document (row G-4).
final class SecurityReader {
    private static final String GOOGLE_KEYS = "https://www.googleapis.com/oauth2/v3/certs";
    private static final List<String> GOOGLE = List.of("https://accounts.google.com", "accounts.google.com");
    private static final String GITHUB = "https://api.github.com/user";
    private static final String FACEBOOK = "https://graph.facebook.com/me";

    /// One of `securityDefinitions`.
    private sealed interface Definition {
        record Id(String header) implements Definition {}

        record Secret(String header) implements Definition {}

        record Token(TokenProvider provider) implements Definition {}
    }

    private final Map<String, Definition> definitions;
    private final @Nullable RawJson standard;
    private @Nullable List<Security> ofDocument;

    private SecurityReader(Map<String, Definition> definitions, @Nullable RawJson standard) {
        this.definitions = definitions;
        this.standard = standard;
    }

    static SecurityReader of(Map<String, RawJson> document, TargetRules rules) throws InvalidApiException {
        var definitions = new LinkedHashMap<String, Definition>();
        if (document.containsKey("securityDefinitions")
                && !document.getOrDefault("securityDefinitions", RawJson.NULL).isObject()) {
            throw new InvalidApiException("securityDefinitions must be an object");
        }
        for (var each : Json.object(document, "securityDefinitions").entrySet()) {
            definitions.put(
                    each.getKey(), definition(each.getKey(), each.getValue().fields(), rules));
        }
        return new SecurityReader(definitions, document.get("security"));
    }

    /// In which headers secrets are shown, wherever in the API.
    Set<String> secretHeaders() {
        return definitions.values().stream()
                .flatMap(each -> each instanceof Definition.Secret(String header) ? Stream.of(header) : Stream.empty())
                .collect(Collectors.toSet());
    }

    /// @param own `security` of an operation; without it that of the document counts, and without that one all that
    ///     is defined
    List<Security> of(@Nullable RawJson own) throws InvalidApiException {
        if (own != null) {
            return read(own);
        }
        List<Security> known = ofDocument;
        if (known == null) {
            known = read(standard);
            ofDocument = known; // read once, however many operations have it
        }
        return known;
    }

    private List<Security> read(@Nullable RawJson chosen) throws InvalidApiException {
        if (chosen == null) {
            return definitions.isEmpty() ? List.of() : List.of(together(List.copyOf(definitions.values())));
        }
        if (chosen.kind() != RawJson.Kind.ARRAY) {
            throw new InvalidApiException("security must be a list, as in [{\"client_id\": []}]");
        }
        var all = new ArrayList<Security>();
        for (RawJson alternative : chosen.elements()) {
            if (!alternative.isObject()) {
                throw new InvalidApiException("security: each element must be an object, as in {\"client_id\": []}");
            }
            var together = new ArrayList<Definition>();
            for (String name : alternative.fields().keySet()) {
                Definition known = definitions.get(name);
                if (known == null) {
                    throw new InvalidApiException("securityDefinitions has no '%s'".formatted(name));
                }
                together.add(known);
            }
            all.add(together(together));
        }
        return List.copyOf(all);
    }

    /// A secret belongs to the id that it stands with: to the only one, or to the one right before it. Tokens come
    /// last: to check them may cost a call.
    private static Security together(List<Definition> definitions) throws InvalidApiException {
        var sorted = new ArrayList<>(definitions);
        if (definitions.stream().filter(Definition.Id.class::isInstance).count() == 1) {
            sorted.sort(Comparator.comparing(each -> !(each instanceof Definition.Id)));
        }
        sorted.sort(Comparator.comparing(each -> each instanceof Definition.Token));
        var requirements = new ArrayList<Requirement>();
        Definition before = null;
        for (Definition each : sorted) {
            switch (each) {
                case Definition.Id(String header) -> requirements.add(new Requirement.Client(header, null));
                case Definition.Secret(String header) -> {
                    if (!(before instanceof Definition.Id(String idHeader))) {
                        throw new InvalidApiException(
                                "security: the client secret in header '%s' must stand right after its client id"
                                        .formatted(header));
                    }
                    requirements.removeLast();
                    requirements.add(new Requirement.Client(idHeader, header));
                }
                case Definition.Token(TokenProvider provider) -> requirements.add(new Requirement.Token(provider));
            }
            before = each;
        }
        return new Security(requirements);
    }

    private static Definition definition(String name, Map<String, RawJson> fields, TargetRules rules)
            throws InvalidApiException {
        return switch (Json.text(fields, "type", "")) {
            case "apiKey" -> key(name, fields);
            case "oauth2" -> new Definition.Token(provider(name, fields, rules));
            default ->
                throw new InvalidApiException(
                        "securityDefinitions: '%s' must have the type apiKey or oauth2".formatted(name));
        };
    }

    private static Definition key(String name, Map<String, RawJson> fields) throws InvalidApiException {
        if (!Json.text(fields, "in", "header").equals("header")) {
            throw new InvalidApiException("securityDefinitions: '%s' must be in a header".formatted(name));
        }
        boolean isSecret =
                Json.text(fields, "x-key-type", name).toLowerCase(Locale.ROOT).contains("secret");
        String header = Json.text(fields, "name", isSecret ? "X-Api-Secret" : "X-Api-Key");
        String lower = Fields.parse("message.headers." + header).name();
        return isSecret ? new Definition.Secret(lower) : new Definition.Id(lower);
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
            case "google" -> google(name, audience);
            case "github" -> new TokenProvider.Asked(GITHUB, Set.of(401));
            case "facebook" -> new TokenProvider.Asked(FACEBOOK, Set.of(400, 401));
            case "app-id" ->
                throw new InvalidApiException(
                        "securityDefinitions: '%s' needs x-jwks-url, the address of the keys of this App ID, and should"
                                        .formatted(name)
                                + " have x-issuer and x-audience");
            default ->
                throw new InvalidApiException(
                        "securityDefinitions: '%s' needs x-jwks-url, or x-provider google, github, facebook or mock"
                                .formatted(name));
        };
    }

    /// All applications of the world have their tokens from the same issuer: one that was made for another of them
    /// must not count here (attack 37).
    private static TokenProvider google(String name, List<String> audience) throws InvalidApiException {
        if (audience.isEmpty()) {
            throw new InvalidApiException(
                    "securityDefinitions: '%s' needs x-audience, the client id that Google gave to your application"
                            .formatted(name));
        }
        return new TokenProvider.Signed(GOOGLE_KEYS, GOOGLE, audience);
    }

    /// One text or several.
    private static List<String> list(RawJson json) {
        return json.asText().map(List::of).orElseGet(() -> Json.texts(json));
    }
}
