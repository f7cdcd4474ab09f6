package dev.whirl.feeds.feed;

import dev.whirl.model.json.RawJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Makes feeds of Kafka topics out of parameters (row F-10), with the sentences of row F-12 for what is wrong.
final class KafkaReader {
    private static final int MOST_BROKERS = 32;

    private KafkaReader() {}

    static Feed.Kafka read(FeedKind kind, Arguments arguments) throws InvalidFeedException {
        boolean isHub = kind == FeedKind.MESSAGE_HUB;
        String brokersName = isHub ? "kafka_brokers_sasl" : "brokers";
        String topic = InvalidFeedException.required(arguments.text("topic"), "You must supply a 'topic' parameter.");
        if (!topic.matches("[A-Za-z0-9._-]{1,249}")) {
            throw InvalidFeedException.badRequest("'%.60s' is no name of a topic.".formatted(topic));
        }
        List<String> brokers = brokers(arguments, brokersName);
        boolean isJson = arguments.flag("isJSONData", false);
        boolean isBinary = arguments.flag("isBinaryValue", false);
        if (isJson && isBinary) {
            throw InvalidFeedException.badRequest("isJSONData and isBinaryValue cannot both be enabled.");
        }
        KafkaAccess access = isHub ? KafkaAccess.read(arguments) : null;
        return new Feed.Kafka(brokers, topic, access, isJson, arguments.flag("isBinaryKey", false), isBinary);
    }

    /// An array of texts, or one text with commas between.
    private static List<String> brokers(Arguments arguments, String name) throws InvalidFeedException {
        String missing = "You must supply a '%s' parameter.".formatted(name);
        RawJson value = InvalidFeedException.required(arguments.value(name), missing);
        var brokers = new ArrayList<String>();
        if (value.kind() == RawJson.Kind.ARRAY) {
            value.elements().forEach(each -> each.asText().ifPresent(brokers::add));
        } else {
            Optional<String> text = arguments.text(name);
            text.ifPresent(each -> brokers.addAll(Arrays.asList(each.split(","))));
        }
        brokers.replaceAll(String::strip);
        brokers.removeIf(String::isEmpty);
        if (brokers.isEmpty()) {
            throw InvalidFeedException.badRequest(missing);
        }
        for (String each : brokers) {
            if (!each.matches("[A-Za-z0-9._:\\[\\]-]{1,255}:[0-9]{1,5}")) {
                throw InvalidFeedException.badRequest("'%.80s' is not of the form host:port.".formatted(each));
            }
        }
        if (brokers.size() > MOST_BROKERS) {
            throw InvalidFeedException.badRequest("More than %d brokers are too many.".formatted(MOST_BROKERS));
        }
        return brokers;
    }
}
