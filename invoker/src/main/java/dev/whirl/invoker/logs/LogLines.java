package dev.whirl.invoker.logs;

import dev.whirl.common.units.ByteSize;
import dev.whirl.model.ActivationMessages;
import dev.whirl.sandbox.CollectedLogs;
import dev.whirl.sandbox.CollectedLogs.Stream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Log lines as they stand in a record (row R-134): the time padded to 30 characters, the stream, the text. What is
/// over the limit is cut off, and lines on stderr say what is missing.
public final class LogLines {
    private static final int TIME_WIDTH = 30;
    private static final int LINE_END = 1;

    private LogLines() {}

    /// @param limit of the action; zero means that there are no logs at all
    /// @param isDeveloperError adds the sentence for failed activations
    /// @param now for the lines that the platform adds
    public static List<String> format(CollectedLogs logs, ByteSize limit, boolean isDeveloperError, Instant now) {
        if (limit.bytes() == 0) {
            return List.of();
        }
        var lines = new ArrayList<String>(logs.lines().size() + 1);
        boolean fits = addWithin(logs.lines(), limit.bytes(), lines);
        if (!fits || logs.isTruncated()) {
            lines.add(added(ActivationMessages.logsTruncated(limit), now));
        }
        if (!logs.isComplete()) {
            lines.add(added(ActivationMessages.LOGS_INCOMPLETE, now));
        }
        if (isDeveloperError) {
            lines.add(added(ActivationMessages.LOGS_OF_FAILURE, now));
        }
        return lines;
    }

    /// What a line of a record is made of.
    record Parts(String time, String stream, String text) {}

    /// Takes a line apart that [#format] has made.
    static Parts parts(String line) {
        int stream = Math.min(TIME_WIDTH + 1, line.length());
        int colon = line.indexOf(": ", stream);
        return colon < 0
                ? new Parts("", "", line)
                : new Parts(
                        line.substring(0, stream).strip(), line.substring(stream, colon), line.substring(colon + 2));
    }

    private static boolean addWithin(List<CollectedLogs.Line> lines, long limit, List<String> into) {
        long left = limit;
        for (CollectedLogs.Line each : lines) {
            byte[] utf8 = each.text().getBytes(StandardCharsets.UTF_8);
            if (utf8.length > left) {
                into.add(line(each.time(), each.stream(), cut(utf8, (int) left)));
                return false;
            }
            into.add(line(each.time(), each.stream(), each.text()));
            left = Math.max(0, left - utf8.length - LINE_END);
        }
        return true;
    }

    private static String cut(byte[] utf8, int length) {
        int end = length;
        while (end > 0 && (utf8[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(utf8, 0, end, StandardCharsets.UTF_8);
    }

    private static String added(String sentence, Instant now) {
        return line(now, Stream.STDERR, sentence);
    }

    private static String line(Instant time, Stream stream, String text) {
        String stamp = DateTimeFormatter.ISO_INSTANT.format(time);
        String name = stream.name().toLowerCase(Locale.ROOT);
        return stamp + " ".repeat(Math.max(0, TIME_WIDTH - stamp.length())) + " " + name + ": " + text;
    }
}
