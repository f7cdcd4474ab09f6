package dev.whirl.sandbox.output;

import java.util.Arrays;

/// Cuts the bytes of one stream into lines and reads the marks in front of them:
/// `0x1E <request number> ':' <microseconds> 0x1F <text> '\n'`.
///
/// A line longer than [#MAX_LINE_BYTES] is split into several with the same mark. Not for use by several threads.
public final class LineSplitter {
    public static final int MAX_LINE_BYTES = 1 << 20;

    /// The number of a line without a mark.
    public static final int UNMARKED = 0;

    private static final byte RECORD = 0x1E;
    private static final byte UNIT = 0x1F;
    private static final int MAX_NUMBER_DIGITS = 10;
    private static final int MAX_TIME_DIGITS = 18;
    private static final byte[] EMPTY = {};

    /// Takes one line. The array is only lent.
    @FunctionalInterface
    public interface Sink {
        /// @param number the request number of the mark, or [#UNMARKED]
        /// @param micros the time of the mark, or zero
        void line(int number, long micros, byte[] bytes, int from, int length);
    }

    private byte[] pending = EMPTY;
    private int pendingLength;
    private boolean isContinuing;
    private int continuedNumber;
    private long continuedMicros;

    public void feed(byte[] chunk, int length, Sink sink) {
        int start = 0;
        for (int i = 0; i < length; i++) {
            if (chunk[i] == '\n') {
                completeLine(chunk, start, i - start, sink);
                start = i + 1;
            }
        }
        keep(chunk, start, length - start, sink);
    }

    /// Makes a line of what has no end yet.
    public void flush(Sink sink) {
        if (pendingLength > 0) {
            emit(pending, 0, pendingLength, sink);
        }
        reset();
    }

    public void reset() {
        pending = EMPTY;
        pendingLength = 0;
        isContinuing = false;
    }

    private void completeLine(byte[] chunk, int from, int length, Sink sink) {
        if (pendingLength == 0) {
            if (length > 0 || !isContinuing) {
                emit(chunk, from, length, sink);
            }
        } else {
            keep(chunk, from, length, sink);
            if (pendingLength > 0) {
                emit(pending, 0, pendingLength, sink);
            }
            pendingLength = 0;
        }
        isContinuing = false;
    }

    private void keep(byte[] chunk, int from, int length, Sink sink) {
        int next = from;
        int left = length;
        while (left > 0) {
            int taken = Math.min(left, MAX_LINE_BYTES - pendingLength);
            ensureRoom(pendingLength + taken);
            System.arraycopy(chunk, next, pending, pendingLength, taken);
            pendingLength += taken;
            next += taken;
            left -= taken;
            if (pendingLength == MAX_LINE_BYTES) {
                emit(pending, 0, pendingLength, sink);
                pendingLength = 0;
                isContinuing = true;
            }
        }
    }

    private void ensureRoom(int size) {
        if (pending.length < size) {
            pending = Arrays.copyOf(pending, Math.min(MAX_LINE_BYTES, Math.max(size, pending.length * 2)));
        }
    }

    private void emit(byte[] bytes, int from, int length, Sink sink) {
        int text = isContinuing ? from : readMark(bytes, from, from + length);
        sink.line(continuedNumber, continuedMicros, bytes, text, length - (text - from));
    }

    /// Reads the mark into the two fields and gives the place of the text after it.
    private int readMark(byte[] bytes, int from, int end) {
        continuedNumber = UNMARKED;
        continuedMicros = 0;
        if (from >= end || bytes[from] != RECORD) {
            return from;
        }
        int colon = digitsEnd(bytes, from + 1, end, MAX_NUMBER_DIGITS);
        if (colon == from + 1 || colon >= end || bytes[colon] != ':') {
            return from;
        }
        int unit = digitsEnd(bytes, colon + 1, end, MAX_TIME_DIGITS);
        if (unit == colon + 1 || unit >= end || bytes[unit] != UNIT) {
            return from;
        }
        long number = value(bytes, from + 1, colon);
        if (number > Integer.MAX_VALUE) {
            return from;
        }
        continuedNumber = (int) number;
        continuedMicros = value(bytes, colon + 1, unit);
        return unit + 1;
    }

    private static int digitsEnd(byte[] bytes, int from, int end, int maxDigits) {
        int at = from;
        while (at < end && at - from < maxDigits && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        return at;
    }

    private static long value(byte[] bytes, int from, int end) {
        long value = 0;
        for (int i = from; i < end; i++) {
            value = value * 10 + (bytes[i] - '0');
        }
        return value;
    }
}
