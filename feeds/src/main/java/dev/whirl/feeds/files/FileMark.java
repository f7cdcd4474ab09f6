package dev.whirl.feeds.files;

import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.RawJson;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// How far a place with files was read: everything up to a time, and what of the last minutes is known. A file whose
/// time is a little older than one that was seen before it is so found all the same.
///
/// @param until time of the newest known file
/// @param known by their identity, files of the last minutes before that, with their times
record FileMark(Instant until, SequencedMap<String, Instant> known) {
    private static final Duration LOOK_BACK = Duration.ofMinutes(2);

    FileMark {
        known = new LinkedHashMap<>(known);
    }

    static FileMark behind(List<FoundFile> files) {
        var mark = new FileMark(Instant.EPOCH, new LinkedHashMap<>());
        for (FoundFile each : files) {
            mark = mark.with(each);
        }
        return mark;
    }

    /// Those that are new, the oldest first.
    List<FoundFile> newOf(List<FoundFile> files) {
        Instant first = until.minus(LOOK_BACK);
        return files.stream()
                .filter(each -> each.modified().isAfter(first) && !known.containsKey(each.identity()))
                .sorted(Comparator.comparing(FoundFile::modified).thenComparing(FoundFile::name))
                .toList();
    }

    FileMark with(FoundFile file) {
        Instant next = file.modified().isAfter(until) ? file.modified() : until;
        var more = new LinkedHashMap<>(known);
        more.put(file.identity(), file.modified());
        more.values().removeIf(each -> !each.isAfter(next.minus(LOOK_BACK)));
        return new FileMark(next, more);
    }

    RawJson toJson() {
        var out = new JsonWriter()
                .startObject()
                .field("until", until.toString())
                .name("known")
                .startObject();
        known.forEach((identity, time) -> out.field(identity, time.toString()));
        return out.endObject().endObject().toRawJson();
    }

    static FileMark read(RawJson json) {
        var known = new LinkedHashMap<String, Instant>();
        for (Map.Entry<String, RawJson> each :
                json.field("known").orElse(RawJson.EMPTY_OBJECT).fields().entrySet()) {
            known.put(each.getKey(), Instant.parse(each.getValue().asText().orElse("")));
        }
        return new FileMark(
                Instant.parse(json.field("until").flatMap(RawJson::asText).orElse(Instant.EPOCH.toString())), known);
    }
}
