package dev.whirl.controller.api.triggers;

import dev.whirl.controller.api.entities.PutFields;
import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import dev.whirl.model.entity.Annotations;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.entity.Parameters;
import dev.whirl.model.entity.Trigger;
import dev.whirl.model.entity.Version;
import dev.whirl.model.json.RawJson;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;

/// What a trigger becomes by a PUT (row R-110). What is given replaces what was there, annotations too.
final class TriggerChange {
    private static final String FEED = "feed";

    private TriggerChange() {}

    /// @throws ApiException 400 if the annotation `feed` names nothing; updates may set it to anything
    static Trigger create(EntityId id, PutFields put, Instant now) {
        Annotations annotations = put.annotations() == null ? Annotations.NONE : put.annotations();
        annotations.find(FEED).ifPresent(TriggerChange::requirePath);
        return new Trigger(
                id,
                put.parameters() == null ? Parameters.NONE : put.parameters(),
                new LinkedHashMap<>(),
                put.version() == null ? Version.FIRST : put.version(),
                annotations,
                now);
    }

    static Trigger update(Trigger old, PutFields put, Instant now) {
        return new Trigger(
                old.id(),
                put.parameters() == null ? old.parameters() : put.parameters(),
                old.rules(),
                put.version() == null ? old.version().nextPatch() : put.version(),
                put.annotations() == null ? old.annotations() : put.annotations(),
                now);
    }

    private static void requirePath(RawJson feed) {
        List<String> segments = feed.asText().stream()
                .flatMap(text -> Stream.of(text.split("/")))
                .filter(each -> !each.isEmpty())
                .toList();
        if (segments.isEmpty() || !segments.stream().allMatch(EntityName::isLegal)) {
            throw new ApiException(ErrorCode.BAD_REQUEST, Messages.FEED_INVALID);
        }
    }
}
