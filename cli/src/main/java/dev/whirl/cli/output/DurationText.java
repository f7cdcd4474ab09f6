package dev.whirl.cli.output;

/// Writes durations as `0s`, `12ms`, `1.234s`, `1m2.5s`, `2h0m3s`.
public final class DurationText {
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;

    private DurationText() {}

    public static String ofMillis(long millis) {
        if (millis == 0) {
            return "0s";
        }
        if (millis < 0) {
            return "-" + ofMillis(-millis);
        }
        if (millis < SECOND) {
            return millis + "ms";
        }
        String hours = millis >= HOUR ? millis / HOUR + "h" : "";
        String minutes = millis >= MINUTE ? millis % HOUR / MINUTE + "m" : "";
        return hours + minutes + seconds(millis % MINUTE) + "s";
    }

    private static String seconds(long millis) {
        String fraction = Long.toString(SECOND + millis % SECOND).substring(1);
        int end = fraction.length();
        while (end > 0 && fraction.charAt(end - 1) == '0') {
            end--;
        }
        return millis / SECOND + (end == 0 ? "" : "." + fraction.substring(0, end));
    }
}
