package dev.whirl.feeds.feed;

import dev.whirl.feeds.feed.Feed.AfterFiring;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/// Makes alarms of parameters (rows F-4 to F-6), with the sentences of row F-8 for what is wrong.
///
/// @param allowsSeconds whether alarms may fire more often than each minute
record TimedReader(boolean allowsSeconds) {
    /// Row F-5.
    private static final Duration UNTIL_FIRST = Duration.ofSeconds(30);

    Feed.Alarm alarm(Arguments arguments) throws InvalidFeedException {
        String line = InvalidFeedException.required(
                arguments.text("cron"), "alarms trigger feed is missing the cron parameter");
        Cron cron =
                InvalidFeedException.required(Cron.parse(line), "cron pattern '%.200s' is not valid".formatted(line));
        if (cron.hasSeconds() && !allowsSeconds) {
            throw InvalidFeedException.badRequest(
                    "cron pattern is limited to 5 fields with 1 minute as the finest granularity");
        }
        Instant start = orNull(arguments.date("startDate"));
        Instant stop = orNull(arguments.date("stopDate"));
        return new Feed.Alarm(cron, zone(arguments), new Feed.Window(start, stop), arguments.flag("strict", false));
    }

    private static ZoneId zone(Arguments arguments) throws InvalidFeedException {
        Optional<String> name = arguments.text("timezone");
        try {
            return name.isPresent() ? ZoneId.of(name.get()) : ZoneOffset.UTC;
        } catch (DateTimeException e) {
            throw InvalidFeedException.badRequest("timezone '%.60s' is not known".formatted(name.orElse("")));
        }
    }

    Feed.Interval interval(Arguments arguments, Instant now) throws InvalidFeedException {
        String text = InvalidFeedException.required(
                arguments.text("minutes"), "interval trigger feed is missing the minutes parameter");
        if (!text.matches("-?[0-9]{1,8}")) {
            throw InvalidFeedException.badRequest("the minutes parameter must be an integer");
        }
        int minutes = Integer.parseInt(text);
        if (minutes < 1) {
            throw InvalidFeedException.badRequest("the minutes parameter must be an integer greater than zero");
        }
        Instant start = arguments.date("startDate").orElse(now.plus(UNTIL_FIRST));
        return new Feed.Interval(minutes, start, orNull(arguments.date("stopDate")));
    }

    Feed.Once once(Arguments arguments) throws InvalidFeedException {
        Instant date = InvalidFeedException.required(
                arguments.date("date"), "alarms once trigger feed is missing the date parameter");
        AfterFiring after = switch (arguments.text("deleteAfterFire").orElse("false")) {
            case "false" -> AfterFiring.KEEP;
            case "true" -> AfterFiring.DELETE_TRIGGER;
            case "rules" -> AfterFiring.DELETE_TRIGGER_AND_RULES;
            default ->
                throw InvalidFeedException.badRequest("deleteAfterFire parameter must be one of [false, true, rules].");
        };
        return new Feed.Once(date, after);
    }

    @SuppressWarnings("NullAway") // null stands for nothing given
    private static Instant orNull(Optional<Instant> value) {
        return value.orElse(null);
    }
}
