package dev.whirl.sandbox.output;

import dev.whirl.model.activation.ActivationId;
import dev.whirl.sandbox.CollectedLogs;
import dev.whirl.sandbox.CollectedLogs.Line;
import dev.whirl.sandbox.CollectedLogs.Stream;
import java.util.ArrayList;
import java.util.List;

/// The lines of one activation, up to its limit. Not for use by several threads at a time.
///
/// Kept as bytes until somebody asks, with at most one line per [#BYTES_PER_LINE] bytes of the limit, so that a flood
/// of empty lines costs no more memory than one long text.
public final class ActivationLog {
    private static final int BYTES_PER_LINE = 32;
    private static final int MIN_LINES = 1_000;

    private final OutputBudget budget;
    private final ActivationId activation;
    private final long limitBytes;
    private final long maxLines;
    private final StreamLog stdout = new StreamLog();
    private final StreamLog stderr = new StreamLog();
    private long keptBytes;
    private boolean isTruncated;
    private int runsInFlight;
    private boolean isComplete;

    public ActivationLog(ActivationId activation, long limitBytes) {
        this(activation, limitBytes, OutputBudget.OF_THIS_PROCESS);
    }

    ActivationLog(ActivationId activation, long limitBytes, OutputBudget budget) {
        this.budget = budget;
        this.activation = activation;
        this.limitBytes = limitBytes;
        this.maxLines = Math.max(MIN_LINES, limitBytes / BYTES_PER_LINE);
    }

    public ActivationId activation() {
        return activation;
    }

    public void runStarted() {
        runsInFlight++;
        isComplete = false;
    }

    /// @param isDrained whether the pipes were emptied after its last line was written
    public void runEnded(boolean isDrained) {
        runsInFlight--;
        isComplete = isDrained && runsInFlight == 0;
    }

    /// Whether nothing of it can be in the pipes any more.
    public boolean isComplete() {
        return isComplete;
    }

    public boolean isRunning() {
        return runsInFlight > 0;
    }

    /// Its memory is free for others: it was collected, or nobody will.
    public void forgotten() {
        budget.giveBack(keptBytes);
        keptBytes = 0;
    }

    public boolean isFull() {
        return isTruncated;
    }

    public void append(Stream stream, long micros, byte[] bytes, int from, int length) {
        if (isTruncated) {
            return;
        }
        long room = limitBytes - keptBytes;
        boolean fits = length < room && stdout.lines() + stderr.lines() < maxLines;
        isTruncated = !fits;
        int kept = fits ? length : wholeCharacters(bytes, from, (int) Math.max(0, Math.min(length, room - 1)));
        if (fits || kept > 0) {
            if (!budget.take(kept + 1L)) {
                isTruncated = true;
                return;
            }
            (stream == Stream.STDOUT ? stdout : stderr).append(micros, bytes, from, kept);
            keptBytes += kept + 1L; // with the line's end
        }
    }

    /// The lines of both streams by time; of the same time, stdout first. In one stream no line is later than the
    /// next, which gives lines without a time of their own a fitting one.
    public CollectedLogs toLogs(boolean isComplete) {
        List<Line> out = stdout.toLines(Stream.STDOUT);
        List<Line> err = stderr.toLines(Stream.STDERR);
        var merged = new ArrayList<Line>(out.size() + err.size());
        int next = 0;
        for (Line line : out) {
            while (next < err.size() && err.get(next).time().isBefore(line.time())) {
                merged.add(err.get(next++));
            }
            merged.add(line);
        }
        merged.addAll(err.subList(next, err.size()));
        return new CollectedLogs(merged, isTruncated, isComplete);
    }

    /// The largest length up to that one that cuts no UTF-8 character in two.
    private static int wholeCharacters(byte[] bytes, int from, int length) {
        int end = length;
        while (end > 0 && length - end < 4 && from + end < bytes.length && (bytes[from + end] & 0xC0) == 0x80) {
            end--;
        }
        return end;
    }
}
