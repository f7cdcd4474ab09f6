package dev.whirl.common.units;

import static dev.whirl.common.Preconditions.require;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations as people write them in configuration.
public final class Durations {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,12})\\s*(ms|s|m|h|d)");

    /// What is added to a time in nanoseconds must not overflow: 292 years of them fit into 64 bits.
    private static final Duration LONGEST = Duration.ofDays(36_525);

    private Durations() {}

    /// Reads `100ms`, `30s`, `5m`, `12h`, `7d`; up to a hundred years.
    public static Duration parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        require(matcher.matches(), "'%s' is not a duration such as 100ms, 30s, 5m, 12h or 7d", text);
        long count = Long.parseLong(matcher.group(1));
        Duration read = switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
        require(read.compareTo(LONGEST) <= 0, "'%s' is longer than a hundred years", text);
        return read;
    }

    /// Writes a duration in the largest unit that divides it: the inverse of [#parse].
    public static String format(Duration duration) {
        long millis = duration.toMillis();
        if (millis == 0 || millis % 1000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1000;
        if (seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds % 3_600 == 0) {
            return seconds / 3_600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
