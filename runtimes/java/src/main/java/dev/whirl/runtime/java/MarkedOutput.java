package dev.whirl.runtime.java;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// Marks each line of output with the run that wrote it and the time, and writes it at once:
///
/// ```
/// 0x1E <request number> ':' <microseconds since the epoch> 0x1F <text> '\n'
/// ```
///
/// A server that numbers no requests reads no marks: their numbers are below zero, and lines are as
/// they are.
///
/// Guarded by its own lock: the line that has no end yet, the number, and whether something was
/// written for it.
final class MarkedOutput extends OutputStream {
    private static final int MAX_PARTIAL_BYTES = 1024 * 1024;
    private static final byte[] END = "XXX_THE_END_OF_A_WHISK_ACTIVATION_XXX".getBytes(StandardCharsets.US_ASCII);

    private final OutputStream out;
    private final ByteArrayOutputStream partial = new ByteArrayOutputStream();
    private int number;
    private boolean hasWritten;

    private MarkedOutput(FileDescriptor descriptor) {
        out = new FileOutputStream(descriptor);
    }

    /// Puts itself under `System.out` and `System.err`.
    static Pair capture() {
        var pair = new Pair(new MarkedOutput(FileDescriptor.out), new MarkedOutput(FileDescriptor.err));
        System.setOut(new PrintStream(pair.out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(pair.err, true, StandardCharsets.UTF_8));
        return pair;
    }

    /// Both streams of this process.
    record Pair(MarkedOutput out, MarkedOutput err) {
        void begin(int number) {
            out.begin(number);
            err.begin(number);
        }

        /// Whether a line was written since the request began.
        boolean hasWritten() {
            return out.hasWritten() || err.hasWritten();
        }

        /// Tells a server that waits for it that nothing more belongs to the request (row K-16).
        void writeEnd() {
            out.writeEnd();
            err.writeEnd();
        }

        /// Writes what is still in a buffer, also in those that the action put in place of ours.
        void end() {
            System.out.flush();
            System.err.flush();
            out.endLine();
            err.endLine();
        }
    }

    private synchronized void begin(int newNumber) {
        number = newNumber;
        hasWritten = false;
    }

    private synchronized boolean hasWritten() {
        return hasWritten;
    }

    private synchronized void writeEnd() {
        partial.writeBytes(END);
        writeLine();
    }

    private synchronized void endLine() {
        if (partial.size() > 0) {
            writeLine();
        }
    }

    @Override
    public synchronized void write(int b) {
        if (b == '\n' || partial.size() >= MAX_PARTIAL_BYTES) {
            writeLine();
        }
        if (b != '\n') {
            partial.write(b);
        }
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        int start = offset;
        for (int at = offset; at < offset + length; at++) {
            if (bytes[at] == '\n') {
                partial.write(bytes, start, at - start);
                writeLine();
                start = at + 1;
            }
        }
        partial.write(bytes, start, offset + length - start);
        if (partial.size() >= MAX_PARTIAL_BYTES) {
            writeLine();
        }
    }

    private void writeLine() {
        hasWritten = true;
        var line = new ByteArrayOutputStream(partial.size() + 32);
        if (number >= 0) {
            Instant now = Instant.now();
            long micros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
            line.writeBytes(("\u001e" + number + ":" + micros + "\u001f").getBytes(StandardCharsets.US_ASCII));
        }
        line.writeBytes(partial.toByteArray());
        line.write('\n');
        partial.reset();
        try {
            line.writeTo(out);
        } catch (IOException _) {
            // Nobody reads any more.
        }
    }
}
