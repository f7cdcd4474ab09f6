package dev.whirl.sandbox.output;

import dev.whirl.sandbox.CollectedLogs.Line;
import dev.whirl.sandbox.CollectedLogs.Stream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Lines of one stream, densely kept: one array of text, one of times, one of lengths.
final class StreamLog {
    private static final long MICROS = 1_000_000;

    private final ByteArrayOutputStream text = new ByteArrayOutputStream(0);
    private long[] times = {};
    private int[] lengths = {};
    private int lines;

    int lines() {
        return lines;
    }

    void append(long micros, byte[] bytes, int from, int length) {
        if (lines == times.length) {
            int room = Math.max(8, lines * 2);
            times = Arrays.copyOf(times, room);
            lengths = Arrays.copyOf(lengths, room);
        }
        text.write(bytes, from, length);
        times[lines] = micros;
        lengths[lines] = length;
        lines++;
    }

    List<Line> toLines(Stream stream) {
        for (int i = lines - 2; i >= 0; i--) {
            times[i] = Math.min(times[i], times[i + 1]);
        }
        byte[] bytes = text.toByteArray();
        var result = new ArrayList<Line>(lines);
        int start = 0;
        for (int i = 0; i < lines; i++) {
            // invalid UTF-8 becomes U+FFFD
            String line = new String(bytes, start, lengths[i], StandardCharsets.UTF_8);
            result.add(new Line(time(times[i]), stream, line));
            start += lengths[i];
        }
        return result;
    }

    private static Instant time(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1_000);
    }
}
