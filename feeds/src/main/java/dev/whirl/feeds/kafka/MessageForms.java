package dev.whirl.feeds.kafka;

import dev.whirl.feeds.feed.Feed;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.MalformedJsonException;
import dev.whirl.model.json.RawJson;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// Messages as functions get them (row F-11). Pure.
final class MessageForms {
    private MessageForms() {}

    /// @param mostBytes a value that takes more is left out, and its size told instead
    static RawJson of(Feed.Kafka feed, ConsumerRecord<byte[], byte[]> message, int mostBytes) {
        RawJson value = value(feed, message.value());
        boolean isTooLarge = value.sizeBytes() > mostBytes;
        var out = new JsonWriter(256)
                .startObject()
                .field("topic", message.topic())
                .field("partition", message.partition())
                .field("offset", message.offset())
                .field("key", text(message.key(), feed.isBinaryKey()))
                .field("value", isTooLarge ? RawJson.NULL : value);
        if (isTooLarge) {
            out.field("tooLargeBytes", message.serializedValueSize());
        }
        return out.endObject().toRawJson();
    }

    /// What is to be JSON and is not arrives as text.
    private static RawJson value(Feed.Kafka feed, byte @Nullable [] bytes) {
        if (feed.isJson() && bytes != null) {
            try {
                return RawJson.parse(bytes).compact();
            } catch (MalformedJsonException e) {
                return text(bytes, false);
            }
        }
        return text(bytes, feed.isBinaryValue());
    }

    private static RawJson text(byte @Nullable [] bytes, boolean isBinary) {
        if (bytes == null) {
            return RawJson.NULL;
        }
        return RawJson.string(
                isBinary ? Base64.getEncoder().encodeToString(bytes) : new String(bytes, StandardCharsets.UTF_8));
    }
}
