package dev.whirl.sandbox.process.output;

import dev.whirl.common.units.ByteSize;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.sandbox.CollectedLogs;
import dev.whirl.sandbox.CollectedLogs.Stream;
import dev.whirl.sandbox.output.ActivationLog;
import dev.whirl.sandbox.output.LineSplitter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Both output pipes of one sandbox and the logs of its open activations.
///
/// A log is open from [#begin] to [#collect]. Marked lines go to the log of their request; lines without a mark to that
/// of the run in flight that is the oldest, or to the last that ended; lines that nobody waits for are dropped. `this`
/// guards everything; [#isBusy] is read without it.
public final class SandboxOutput implements AutoCloseable {
    /// Ended activations whose logs nobody collects are forgotten beyond this count.
    private static final int MAX_OPEN = 1_000;

    private final OutputPipe stdout;
    private final OutputPipe stderr;
    private final LinkedHashMap<ActivationId, ActivationLog> open = new LinkedHashMap<>();
    private final Map<Integer, ActivationLog> byRequest = new HashMap<>();
    private final PipeLook look;
    private volatile int runsInFlight;
    private boolean wasQuiet;
    private boolean isClosed;

    private SandboxOutput(OutputPipe stdout, OutputPipe stderr) {
        this.stdout = stdout;
        this.stderr = stderr;
        this.look = new PipeLook(stdout, stderr);
    }

    /// Makes the two pipes there and opens them for reading.
    public static SandboxOutput create(Path stdoutPath, Path stderrPath) throws IOException {
        OutputPipe stdout = OutputPipe.create(Stream.STDOUT, stdoutPath);
        try {
            return new SandboxOutput(stdout, OutputPipe.create(Stream.STDERR, stderrPath));
        } catch (IOException e) {
            stdout.close();
            throw e;
        }
    }

    /// Opens the log of a request before it is sent. What is in the pipes from before belongs to whoever is open, or
    /// to nobody.
    public synchronized void begin(ActivationId activation, int request, ByteSize limit) {
        if (runsInFlight == 0) {
            drain();
        }
        if (open.isEmpty()) {
            stdout.splitter().reset();
            stderr.splitter().reset();
        }
        ActivationLog log = open.computeIfAbsent(activation, id -> new ActivationLog(id, limit.bytes()));
        log.runStarted();
        byRequest.put(request, log);
        runsInFlight++;
    }

    /// Its reply came, or never will. The log stays open until it is collected.
    public synchronized void end(int request) {
        ActivationLog log = byRequest.get(request);
        boolean hasCompany = runsInFlight > 1;
        if (hasCompany) {
            drain(); // what it wrote without a mark is not the next one's
        }
        if (log != null) {
            log.runEnded(hasCompany);
            runsInFlight--;
        }
        if (open.size() - runsInFlight > MAX_OPEN) {
            open.values().stream()
                    .filter(each -> !each.isRunning())
                    .findFirst()
                    .map(ActivationLog::activation)
                    .ifPresent(this::forget);
        }
    }

    /// What this activation wrote by now, and forgets it.
    public synchronized CollectedLogs collect(ActivationId activation) {
        ActivationLog log = open.get(activation);
        if (log == null) {
            return CollectedLogs.NONE;
        }
        if (!log.isComplete()) {
            drain();
        }
        if (runsInFlight == 0) {
            stdout.splitter().flush(sink(Stream.STDOUT));
            stderr.splitter().flush(sink(Stream.STDERR));
        }
        forget(activation);
        return log.toLogs(!isClosed);
    }

    /// What a process wrote that never said that it is ready: at most so many characters of both streams.
    public synchronized String startOutput(int maxCharacters) {
        var text = new StringBuilder();
        for (OutputPipe pipe : List.of(stdout, stderr)) {
            LineSplitter.Sink sink = (_, _, bytes, from, length) -> {
                if (text.length() < maxCharacters) {
                    text.append(new String(bytes, from, length, StandardCharsets.UTF_8))
                            .append('\n');
                }
            };
            var _ = read(pipe, sink);
            pipe.splitter().flush(sink);
        }
        String stripped = text.toString().strip();
        return stripped.substring(0, Math.min(maxCharacters, stripped.length()));
    }

    /// Whether a run is in flight, so that somebody has to empty the pipes.
    boolean isBusy() {
        return runsInFlight > 0;
    }

    List<OutputPipe> pipes() {
        return List.of(stdout, stderr);
    }

    /// Reads once from that pipe, for the pump.
    synchronized void pump(OutputPipe pipe, DrainBuffer buffer) {
        if (!isClosed) {
            pipe.readOnce(buffer, sink(pipe.stream()));
        }
    }

    /// Empties both pipes. Where nothing came the last time, one look at both is cheaper than two reads.
    synchronized void drain() {
        if (isClosed || (wasQuiet && look.isNothingThere())) {
            return;
        }
        boolean isOutQuiet = read(stdout, sink(Stream.STDOUT)) == 0;
        boolean isErrQuiet = read(stderr, sink(Stream.STDERR)) == 0;
        wasQuiet = isOutQuiet && isErrQuiet;
    }

    @Override
    public synchronized void close() {
        if (!isClosed) {
            drain();
            isClosed = true;
            open.values().forEach(ActivationLog::forgotten);
            stdout.close();
            stderr.close();
        }
    }

    /// @return how much there was, in bytes
    private int read(OutputPipe pipe, LineSplitter.Sink sink) {
        if (isClosed) {
            return 0;
        }
        DrainBuffer buffer = DrainBuffer.borrow();
        try {
            return pipe.drain(buffer, sink);
        } finally {
            buffer.giveBack();
        }
    }

    private LineSplitter.Sink sink(Stream stream) {
        long now = micros(Instant.now());
        return (number, micros, bytes, from, length) -> {
            ActivationLog log = owner(number);
            if (log != null && !log.isFull()) {
                boolean isBelievable = number != LineSplitter.UNMARKED && micros <= now;
                log.append(stream, isBelievable ? micros : now, bytes, from, length);
            }
        };
    }

    private @Nullable ActivationLog owner(int number) {
        if (number != LineSplitter.UNMARKED) {
            return byRequest.get(number);
        }
        for (ActivationLog log : open.values()) {
            if (log.isRunning()) {
                return log;
            }
        }
        return open.isEmpty() ? null : open.lastEntry().getValue();
    }

    private void forget(ActivationId activation) {
        ActivationLog log = open.remove(activation);
        byRequest.values().removeIf(each -> each == log);
        if (log != null) {
            log.forgotten();
        }
    }

    private static long micros(Instant time) {
        return time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
    }
}
