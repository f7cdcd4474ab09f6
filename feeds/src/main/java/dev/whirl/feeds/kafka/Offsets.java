package dev.whirl.feeds.kafka;

import dev.whirl.model.json.RawJson;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/// How far a topic was read: the next offset of each partition.
///
/// @param topic its id, by which it differs from others that had its name; empty if that is not known
record Offsets(String topic, SortedMap<Integer, Long> next) {
    private static final String TOPIC = "topic";

    Offsets {
        next = Collections.unmodifiableSortedMap(new TreeMap<>(next));
    }

    /// Where a topic begins that nothing was read of.
    static Offsets beginning(String topic) {
        return new Offsets(topic, new TreeMap<>());
    }

    static Offsets of(String topic, Map<TopicPartition, Long> offsets) {
        var next = new TreeMap<Integer, Long>();
        offsets.forEach((partition, offset) -> next.put(partition.partition(), offset));
        return new Offsets(topic, next);
    }

    /// A partition that is not known is new: it is read from its beginning.
    long of(int partition) {
        return next.getOrDefault(partition, 0L);
    }

    Offsets with(int partition, long offset) {
        var changed = new TreeMap<>(next);
        changed.put(partition, offset);
        return new Offsets(topic, changed);
    }

    boolean isOf(String other) {
        return topic.isEmpty() || other.isEmpty() || topic.equals(other);
    }

    /// As far as these or others go, in each partition.
    Offsets furthest(Offsets others) {
        var furthest = new TreeMap<>(next);
        others.next.forEach((partition, offset) -> furthest.merge(partition, offset, Long::max));
        return new Offsets(topic, furthest);
    }

    /// As far as others go, and no further; of their topic.
    Offsets within(Offsets others) {
        var bounded = new TreeMap<Integer, Long>();
        others.next.forEach((partition, offset) -> bounded.put(partition, Math.min(offset, of(partition))));
        return new Offsets(others.topic, bounded);
    }

    /// Whether all is read up to others; nothing comes any more of a topic that is gone.
    boolean reach(Offsets others) {
        return !isOf(others.topic)
                || others.next.entrySet().stream().allMatch(each -> of(each.getKey()) >= each.getValue());
    }

    RawJson toJson() {
        var fields = new LinkedHashMap<String, RawJson>();
        if (!topic.isEmpty()) {
            fields.put(TOPIC, RawJson.string(topic));
        }
        next.forEach((partition, offset) -> fields.put(Integer.toString(partition), RawJson.number(offset)));
        return RawJson.object(fields);
    }

    static Offsets read(RawJson json) {
        var next = new TreeMap<Integer, Long>();
        Map<String, RawJson> fields = json.fields();
        RawJson topic = fields.getOrDefault(TOPIC, RawJson.NULL);
        fields.forEach((name, offset) -> {
            if (!name.equals(TOPIC)) {
                next.put(Integer.valueOf(name), offset.asWholeNumber().orElse(0L));
            }
        });
        return new Offsets(topic.asText().orElse(""), next);
    }
}
