package dev.whirl.cli.output;

import java.util.regex.Pattern;

/// Log lines as a record holds them: time, stream, text (row R-134).
public final class LogLines {
    private static final Pattern HEAD = Pattern.compile("^\\S+\\s+(?:stdout|stderr): ?");

    private LogLines() {}

    /// The text alone; a line of another form stays as it is.
    public static String stripped(String line) {
        return HEAD.matcher(line).replaceFirst("");
    }
}
