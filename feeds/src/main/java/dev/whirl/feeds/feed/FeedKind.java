package dev.whirl.feeds.feed;

import java.util.Arrays;
import java.util.Optional;

/// The sorts of feeds, by the name of the feed action.
public enum FeedKind {
    ALARM("alarm"),
    INTERVAL("interval"),
    ONCE("once"),
    WEBHOOK("webhook"),
    KAFKA("kafkaFeed"),
    /// Kafka with user and password, over TLS (row F-10).
    MESSAGE_HUB("messageHubFeed"),
    CHANGES("changes"),
    FOLDER("folder"),
    BUCKET("bucket");

    private final String word;

    FeedKind(String word) {
        this.word = word;
    }

    public static Optional<FeedKind> find(String word) {
        return Arrays.stream(values()).filter(each -> each.word.equals(word)).findFirst();
    }

    /// Whether it reads another server or a folder all the time.
    public boolean isStream() {
        return switch (this) {
            case KAFKA, MESSAGE_HUB, CHANGES, FOLDER, BUCKET -> true;
            case ALARM, INTERVAL, ONCE, WEBHOOK -> false;
        };
    }

    public String word() {
        return word;
    }
}
