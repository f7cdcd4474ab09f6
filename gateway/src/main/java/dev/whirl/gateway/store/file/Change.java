package dev.whirl.gateway.store.file;

import dev.whirl.gateway.policy.Subscription;
import dev.whirl.gateway.store.StoredApi;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.MalformedJsonException;
import dev.whirl.model.json.RawJson;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/// One line of the file.
sealed interface Change {
    record PutApi(StoredApi api) implements Change {}

    record RemoveApi(String id) implements Change {}

    record PutSubscription(Subscription subscription) implements Change {}

    record RemoveSubscription(Subscription subscription) implements Change {}

    /// With its line break.
    default byte[] line() {
        var json = new JsonWriter().startObject();
        switch (this) {
            case PutApi(StoredApi api) ->
                json.field("put", "api")
                        .field("tenant", api.tenant())
                        .field("id", api.id())
                        .field("document", api.document().compact());
            case RemoveApi(String id) -> json.field("remove", "api").field("id", id);
            case PutSubscription(Subscription subscription) -> write(json.field("put", "subscription"), subscription);
            case RemoveSubscription(Subscription subscription) ->
                write(json.field("remove", "subscription"), subscription);
        }
        return (json.endObject().toRawJson() + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /// @return empty if it is no change that this version knows
    static Optional<Change> parse(String line) {
        try {
            Map<String, RawJson> fields = RawJson.parse(line).fields();
            return switch (text(fields, "put") + " " + text(fields, "remove")) {
                case "api " ->
                    Optional.of(new PutApi(new StoredApi(
                            text(fields, "tenant"),
                            text(fields, "id"),
                            fields.getOrDefault("document", RawJson.EMPTY_OBJECT))));
                case " api" -> Optional.of(new RemoveApi(text(fields, "id")));
                case "subscription " -> Optional.of(new PutSubscription(subscription(fields)));
                case " subscription" -> Optional.of(new RemoveSubscription(subscription(fields)));
                default -> Optional.empty();
            };
        } catch (MalformedJsonException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static void write(JsonWriter json, Subscription subscription) {
        json.field("tenant", subscription.tenant())
                .field("api", subscription.api())
                .field("client", subscription.client());
        String hash = subscription.secretHash();
        if (hash != null) {
            json.field("hash", hash);
        }
    }

    private static Subscription subscription(Map<String, RawJson> fields) {
        return new Subscription(
                text(fields, "tenant"),
                text(fields, "api"),
                text(fields, "client"),
                fields.containsKey("hash") ? text(fields, "hash") : null);
    }

    private static String text(Map<String, RawJson> fields, String name) {
        return fields.getOrDefault(name, RawJson.NULL).asText().orElse("");
    }
}
