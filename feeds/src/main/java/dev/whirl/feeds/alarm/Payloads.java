package dev.whirl.feeds.alarm;

import dev.whirl.feeds.feed.Delivery;
import dev.whirl.feeds.schedule.Occurrence;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.RawJson;
import java.time.Instant;
import java.util.LinkedHashMap;

/// What a trigger is fired with: the payload that its owner gave, and a field about this firing where it is no ordinary
/// one or its owner asked for it.
final class Payloads {
    /// The field: which time the firing is for, the first of several that it stands for, whether it may be a
    /// repetition.
    static final String ABOUT = "_feed";

    private Payloads() {}

    static RawJson of(Delivery delivery, Occurrence occurrence, boolean mayBeDuplicate) {
        Instant missedSince = occurrence.missedSince();
        if (!delivery.tellsSchedule() && !mayBeDuplicate && missedSince == null) {
            return delivery.payload();
        }
        var about = new JsonWriter()
                .startObject()
                .field("scheduled", occurrence.scheduled().toString());
        if (missedSince != null) {
            about.field("missedSince", missedSince.toString());
        }
        if (mayBeDuplicate) {
            about.field("duplicate", true);
        }
        var fields = new LinkedHashMap<>(delivery.payload().fields());
        fields.put(ABOUT, about.endObject().toRawJson());
        return RawJson.object(fields);
    }
}
