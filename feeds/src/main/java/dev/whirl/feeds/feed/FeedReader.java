package dev.whirl.feeds.feed;

import dev.whirl.model.json.RawJson;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Makes feeds of parameters, or tells in a sentence for the user what is wrong with them.
public final class FeedReader {
    private final TimedReader timed;

    /// @param allowsSeconds whether alarms may fire more often than each minute
    public FeedReader(boolean allowsSeconds) {
        this.timed = new TimedReader(allowsSeconds);
    }

    /// @param now when it was asked for
    /// @throws InvalidFeedException with what is wrong
    public Feed feed(FeedKind kind, Map<String, RawJson> parameters, Instant now) throws InvalidFeedException {
        var arguments = new Arguments(parameters);
        return switch (kind) {
            case ALARM -> timed.alarm(arguments);
            case INTERVAL -> timed.interval(arguments, now);
            case ONCE -> timed.once(arguments);
            case WEBHOOK -> WebhookReader.read(arguments);
            case KAFKA, MESSAGE_HUB -> KafkaReader.read(kind, arguments);
            case CHANGES -> ChangesReader.read(arguments);
            case FOLDER -> FilesReader.folder(arguments);
            case BUCKET -> FilesReader.bucket(arguments);
        };
    }

    /// @throws InvalidFeedException with what is wrong
    public Delivery delivery(FeedKind kind, Map<String, RawJson> parameters) throws InvalidFeedException {
        var arguments = new Arguments(parameters);
        Optional<RawJson> given = arguments.object("trigger_payload");
        RawJson payload = given.isPresent()
                ? given.get()
                : arguments.object("payload").orElse(RawJson.EMPTY_OBJECT); // as READ shows it
        String max = arguments.text("maxTriggers").orElse("-1");
        if (!max.matches("-1|[0-9]{1,15}")) {
            throw InvalidFeedException.badRequest("the maxTriggers parameter must be an integer");
        }
        return new Delivery(
                payload,
                missed(kind, arguments),
                arguments.flag("scheduleInfo", false),
                max.equals("-1") ? -1 : Long.parseLong(max));
    }

    /// Nothing comes after a missed alarm that is to fire once: it is made up for if nobody says otherwise.
    private static Missed missed(FeedKind kind, Arguments arguments) throws InvalidFeedException {
        Missed fallback = kind == FeedKind.ONCE ? Missed.ONCE : Missed.SKIP;
        String word = arguments.text("missed").orElse(fallback.name()).toUpperCase(Locale.ROOT);
        return switch (word) {
            case "SKIP" -> Missed.SKIP;
            case "ONCE" -> Missed.ONCE;
            case "ALL" -> Missed.ALL;
            default -> throw InvalidFeedException.badRequest("missed parameter must be one of [skip, once, all].");
        };
    }
}
