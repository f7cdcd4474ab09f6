package dev.whirl.feeds.feed;

import dev.whirl.model.json.RawJson;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One message for a topic (row F-10). Nobody changes the bytes.
public final class KafkaMessage {
    private final Feed.Kafka to;
    private final byte @Nullable [] key;
    private final byte[] value;

    private KafkaMessage(Feed.Kafka to, byte @Nullable [] key, byte[] value) {
        this.to = to;
        this.key = key;
        this.value = value;
    }

    /// @param kind names the brokers and the credentials that are wanted
    /// @throws InvalidFeedException with what is wrong
    public static KafkaMessage read(FeedKind kind, Map<String, RawJson> parameters) throws InvalidFeedException {
        var arguments = new Arguments(parameters);
        Feed.Kafka to = KafkaReader.read(kind, arguments);
        String value = arguments
                .value("value")
                .map(each -> each.asText().orElseGet(each::toString))
                .orElseThrow(() -> InvalidFeedException.badRequest("You must supply a 'value' parameter."));
        Optional<String> key = arguments.text("key");
        byte[] keyBytes = key.isPresent() ? bytes("key", key.get(), arguments.flag("base64DecodeKey", false)) : null;
        return new KafkaMessage(to, keyBytes, bytes("value", value, arguments.flag("base64DecodeValue", false)));
    }

    private static byte[] bytes(String name, String text, boolean isBase64) throws InvalidFeedException {
        try {
            return isBase64 ? Base64.getDecoder().decode(text) : text.getBytes(StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw InvalidFeedException.badRequest("%s parameter is not Base64 encoded.".formatted(name));
        }
    }

    public Feed.Kafka to() {
        return to;
    }

    public byte @Nullable [] key() {
        return key;
    }

    public byte[] value() {
        return value;
    }
}
