package dev.whirl.feeds.feed;

import dev.whirl.feeds.feed.FeedStatus.Reason;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.identity.AuthKey;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.RawJson;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The JSON of triggers with feeds: as it is stored, and as READ shows it (row F-7).
public final class FeedDocuments {
    /// Reads what was accepted once, whatever an operator allows by now.
    private static final FeedReader READER = new FeedReader(true);

    private FeedDocuments() {}

    public static RawJson write(FeedTrigger trigger) {
        var out = new JsonWriter()
                .startObject()
                .field("namespace", trigger.trigger().namespace().value())
                .field("name", trigger.trigger().name().value())
                .field("key", trigger.key().reveal())
                .field("kind", trigger.kind().word())
                .field("parameters", RawJson.object(trigger.parameters()))
                .field("generation", trigger.generation())
                .field("since", trigger.since().toEpochMilli());
        Origin origin = trigger.origin();
        if (origin != null) {
            out.field("origin", json(origin));
        }
        return status(out.name("status"), trigger.status()).endObject().toRawJson();
    }

    /// @throws IllegalArgumentException if it is no such document
    public static FeedTrigger read(RawJson document) {
        Map<String, RawJson> fields = document.fields();
        var parameters = new LinkedHashMap<>(
                fields.getOrDefault("parameters", RawJson.NULL).fields());
        FeedKind kind = FeedKind.find(text(fields, "kind"))
                .orElseThrow(() -> new IllegalArgumentException("an unknown kind of feed"));
        Instant since = Instant.ofEpochMilli(number(fields, "since"));
        try {
            return new FeedTrigger(
                    EntityId.of(new NamespaceName(text(fields, "namespace")), new EntityName(text(fields, "name"))),
                    AuthKey.parse(text(fields, "key")).orElseThrow(() -> new IllegalArgumentException("no key")),
                    kind,
                    parameters,
                    READER.feed(kind, parameters, since),
                    READER.delivery(kind, parameters),
                    text(fields, "generation"),
                    since,
                    status(fields.getOrDefault("status", RawJson.NULL).fields()),
                    origin(fields.get("origin")));
        } catch (InvalidFeedException e) {
            throw new IllegalArgumentException(e.sentence(), e);
        }
    }

    /// @return empty if it is of a kind that nobody knows
    public static Optional<FeedSign> sign(RawJson document) {
        Map<String, RawJson> fields = document.fields();
        boolean isActive =
                status(fields.getOrDefault("status", RawJson.NULL).fields()).isActive();
        return FeedKind.find(text(fields, "kind"))
                .map(kind -> new FeedSign(kind, text(fields, "generation"), isActive, document.sizeBytes()));
    }

    private static RawJson json(Origin origin) {
        var names = origin.names().stream().sorted().map(RawJson::string).toList();
        return new JsonWriter()
                .startObject()
                .field("id", origin.id())
                .field("names", RawJson.array(names))
                .field("mark", origin.mark())
                .endObject()
                .toRawJson();
    }

    private static @Nullable Origin origin(@Nullable RawJson stored) {
        if (stored == null) {
            return null;
        }
        Map<String, RawJson> fields = stored.fields();
        Set<String> names = fields.getOrDefault("names", RawJson.EMPTY_ARRAY).elements().stream()
                .flatMap(each -> each.asText().stream())
                .collect(Collectors.toSet());
        return new Origin(text(fields, "id"), names, fields.getOrDefault("mark", RawJson.NULL));
    }

    /// What READ answers: nothing secret is in it.
    public static RawJson shown(FeedTrigger trigger) {
        var config = new LinkedHashMap<String, RawJson>();
        config.put("name", RawJson.string(trigger.trigger().name().value()));
        config.put("namespace", RawJson.string(trigger.trigger().namespace().value()));
        config.put("payload", trigger.delivery().payload());
        config.putAll(ShownParameters.of(trigger));
        var out = new JsonWriter()
                .startObject()
                .field("config", RawJson.object(config))
                .name("status");
        return status(out, trigger.status()).endObject().toRawJson();
    }

    private static JsonWriter status(JsonWriter out, FeedStatus status) {
        out.startObject()
                .field("active", status.isActive())
                .field("dateChanged", status.changed().toEpochMilli())
                .field("dateChangedISO", status.changed().toString());
        Reason reason = status.reason();
        if (reason != null) {
            out.name("reason").startObject().field("kind", reason.kind());
            Integer code = reason.statusCode();
            if (code != null) {
                out.field("statusCode", code);
            }
            out.field("message", reason.message()).endObject();
        }
        return out.endObject();
    }

    private static FeedStatus status(Map<String, RawJson> fields) {
        Instant changed = Instant.ofEpochMilli(number(fields, "dateChanged"));
        boolean isActive =
                fields.getOrDefault("active", RawJson.FALSE).asBoolean().orElse(false);
        return new FeedStatus(isActive, changed, reason(fields.get("reason")));
    }

    private static @Nullable Reason reason(@Nullable RawJson stored) {
        if (stored == null || !stored.isObject()) {
            return null;
        }
        Map<String, RawJson> fields = stored.fields();
        Optional<Long> code = Optional.ofNullable(fields.get("statusCode")).flatMap(RawJson::asWholeNumber);
        return new Reason(
                text(fields, "kind"), code.isPresent() ? code.get().intValue() : null, text(fields, "message"));
    }

    private static String text(Map<String, RawJson> fields, String name) {
        return fields.getOrDefault(name, RawJson.NULL).asText().orElse("");
    }

    private static long number(Map<String, RawJson> fields, String name) {
        return fields.getOrDefault(name, RawJson.NULL).asWholeNumber().orElse(0L);
    }
}
