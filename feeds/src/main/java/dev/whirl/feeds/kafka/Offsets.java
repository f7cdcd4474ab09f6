package dev.whirl.feeds.kafka;

import dev.whirl.model.json.RawJson;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/// How far a topic was read: the next offset of each partition.
record Offsets(SortedMap<Integer, Long> next) {
    static final Offsets NONE = new Offsets(new TreeMap<>());

    Offsets {
        next = Collections.unmodifiableSortedMap(new TreeMap<>(next));
    }

    static Offsets of(Map<TopicPartition, Long> offsets) {
        var next = new TreeMap<Integer, Long>();
        offsets.forEach((partition, offset) -> next.put(partition.partition(), offset));
        return new Offsets(next);
    }

    /// A partition that is not known is new: it is read from its beginning.
    long of(int partition) {
        return next.getOrDefault(partition, 0L);
    }

    Offsets with(int partition, long offset) {
        var changed = new TreeMap<>(next);
        changed.put(partition, offset);
        return new Offsets(changed);
    }

    boolean reach(Offsets other) {
        return other.next().entrySet().stream().allMatch(each -> of(each.getKey()) >= each.getValue());
    }

    RawJson toJson() {
        var fields = new LinkedHashMap<String, RawJson>();
        next.forEach((partition, offset) -> fields.put(Integer.toString(partition), RawJson.number(offset)));
        return RawJson.object(fields);
    }

    static Offsets read(RawJson json) {
        var next = new TreeMap<Integer, Long>();
        for (Map.Entry<String, RawJson> each : json.fields().entrySet()) {
            next.put(
                    Integer.valueOf(each.getKey()),
                    each.getValue().asWholeNumber().orElse(0L));
        }
        return new Offsets(next);
    }
}
