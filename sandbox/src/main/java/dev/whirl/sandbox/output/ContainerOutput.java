package dev.whirl.sandbox.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.whirl.common.units.ByteSize;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.sandbox.CollectedLogs;
import dev.whirl.sandbox.CollectedLogs.Stream;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The output of one container and the logs of its open activations. `this` guards everything.
///
/// A request's part of a stream ends with a line that holds [#END] (row K-16). A line that has a mark, as the runtimes
/// of this project print them, belongs to the request that it names; another to the oldest request whose part of that
/// stream has not ended. Code can print the last line itself: it mixes up logs of its own action in its own container,
/// and no others, until nothing is in flight for a moment.
public final class ContainerOutput {
    /// What a runtime prints on both streams when an activation is over.
    public static final String END = "XXX_THE_END_OF_A_WHISK_ACTIVATION_XXX";

    private static final byte[] END_BYTES = END.getBytes(UTF_8);
    private static final int MAX_OPEN = 1_000;
    private static final int START_OUTPUT_BYTES = 2_000;

    private final Map<Stream, LineSplitter> splitters = new EnumMap<>(Stream.class);
    private final LinkedHashMap<Integer, Request> requests = new LinkedHashMap<>();
    private final LinkedHashMap<ActivationId, ActivationLog> open = new LinkedHashMap<>();

    /// Open ones of whose output a part is lost.
    private final Set<ActivationId> torn = new HashSet<>();

    private final StringBuilder startOutput = new StringBuilder();
    private boolean hasBegun;
    private boolean hasSeenEnd;
    private boolean isBrokenOff;
    private boolean isClosed;
    private long lastLineNanos;

    /// One init or run whose output has not ended on both streams.
    private static final class Request {
        private final ActivationId activation;
        private final ActivationLog log;
        private final Map<Stream, Boolean> ended = new EnumMap<>(Stream.class);
        private boolean isAnswered;

        private Request(ActivationId activation, ActivationLog log) {
            this.activation = activation;
            this.log = log;
        }

        private boolean hasEnded() {
            return ended.size() == Stream.values().length;
        }
    }

    public ContainerOutput() {
        for (Stream each : Stream.values()) {
            splitters.put(each, new LineSplitter());
        }
    }

    /// Opens the log of a request before it is sent. Whatever comes late for one whose log was collected is
    /// nobody's any more.
    public synchronized void begin(ActivationId activation, int number, ByteSize limit) {
        hasBegun = true;
        requests.values().removeIf(each -> each.isAnswered && !open.containsKey(each.activation));
        if (requests.isEmpty()) {
            splitters.values().forEach(LineSplitter::reset);
        }
        ActivationLog log = open.computeIfAbsent(activation, id -> new ActivationLog(id, limit.bytes()));
        log.runStarted();
        if (isBrokenOff) {
            torn.add(activation);
        } else {
            requests.put(number, new Request(activation, log));
        }
        forgetOldest();
    }

    /// Its answer came, or never will.
    ///
    /// @param isQuiet whether the runtime says that it printed nothing, not even an end
    public synchronized void answered(int number, boolean isQuiet) {
        Request request = requests.get(number);
        if (request != null) {
            request.isAnswered = true;
            request.log.runEnded(false);
            if (isQuiet) {
                requests.remove(number);
            }
        }
    }

    /// Takes a piece of a stream. The array is only lent.
    public synchronized void piece(Stream stream, byte[] bytes, int length) {
        if (!hasBegun) {
            startOutput.append(
                    new String(bytes, 0, Math.min(length, START_OUTPUT_BYTES - startOutput.length()), UTF_8));
        }
        long now = micros(Instant.now());
        lastLineNanos = System.nanoTime();
        splitter(stream)
                .feed(
                        bytes,
                        length,
                        (number, micros, text, from, count) -> line(
                                stream,
                                number,
                                number != LineSplitter.UNMARKED && micros <= now ? micros : now,
                                text,
                                from,
                                count));
        notifyAll();
    }

    /// The stream of the output broke off. Until it is taken up again, what is printed is lost, and nobody waits for
    /// it.
    public synchronized void brokeOff() {
        isBrokenOff = true;
        flushAll();
        requests.values().forEach(each -> torn.add(each.activation));
        requests.clear();
        notifyAll();
    }

    /// The stream of the output is there, again or for the first time.
    public synchronized void tookUp() {
        isBrokenOff = false;
    }

    /// No more will come.
    public synchronized void close() {
        isClosed = true;
        flushAll();
        open.values().forEach(ActivationLog::forgotten);
        notifyAll();
    }

    private void flushAll() {
        long now = micros(Instant.now());
        for (Stream each : Stream.values()) {
            splitter(each).flush((number, _, text, from, count) -> line(each, number, now, text, from, count));
        }
    }

    /// What the container printed before anything was asked of it.
    public synchronized String startOutput() {
        return startOutput.toString().strip();
    }

    /// Whether the image has printed the last line of an activation once.
    public synchronized boolean hasSeenEnd() {
        return hasSeenEnd;
    }

    /// How long the end of an activation's output is waited for.
    ///
    /// @param idle after so long without a line
    /// @param most in all
    public record Patience(Duration idle, Duration most) {}

    /// What an activation printed, and forgets it. Waits until its end has come on both streams.
    public synchronized CollectedLogs collect(ActivationId activation, Patience patience) throws InterruptedException {
        ActivationLog log = open.get(activation);
        if (log == null) {
            return CollectedLogs.NONE;
        }
        boolean isWhole = awaitEnd(activation, patience) && !torn.contains(activation);
        if (!isWhole) {
            flush(log);
        }
        open.remove(activation);
        torn.remove(activation);
        requests.values().removeIf(each -> each.activation.equals(activation));
        CollectedLogs logs = log.toLogs(isWhole);
        log.forgotten();
        return logs;
    }

    /// Forgets an activation of which nothing reached the container.
    public synchronized void forget(ActivationId activation) {
        ActivationLog log = open.remove(activation);
        torn.remove(activation);
        requests.values().removeIf(each -> each.activation.equals(activation));
        if (log != null) {
            log.forgotten();
        }
    }

    private boolean awaitEnd(ActivationId activation, Patience patience) throws InterruptedException {
        long start = System.nanoTime();
        while (true) {
            if (requests.values().stream().noneMatch(each -> each.activation.equals(activation))) {
                return true;
            }
            long now = System.nanoTime();
            long idleSince = Math.max(start, lastLineNanos);
            long left = Math.min(
                    patience.most().toNanos() - (now - start), patience.idle().toNanos() - (now - idleSince));
            if (left <= 0 || isClosed) {
                return false;
            }
            wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
        }
    }

    /// A last line without an end is a line too.
    private void flush(ActivationLog log) {
        long now = micros(Instant.now());
        for (Stream each : Stream.values()) {
            splitter(each).flush((_, _, text, from, count) -> log.append(each, now, text, from, count));
        }
    }

    private void line(Stream stream, int number, long micros, byte[] bytes, int from, int length) {
        Request owner = owner(stream, number);
        int before = lengthBeforeEnd(bytes, from, length);
        if (before >= 0) {
            hasSeenEnd = true;
            if (owner != null && before > 0) {
                owner.log.append(stream, micros, bytes, from, before);
            }
            end(stream, owner);
        } else if (owner != null) {
            owner.log.append(stream, micros, bytes, from, length);
        } else if (number == LineSplitter.UNMARKED && !open.isEmpty()) {
            open.lastEntry().getValue().append(stream, micros, bytes, from, length);
        }
    }

    private void end(Stream stream, @Nullable Request owner) {
        if (owner != null) {
            owner.ended.put(stream, true);
            if (owner.hasEnded()) {
                requests.values().remove(owner);
            }
        }
    }

    private @Nullable Request owner(Stream stream, int number) {
        if (number != LineSplitter.UNMARKED) {
            return requests.get(number);
        }
        for (Request each : requests.values()) {
            if (!each.ended.containsKey(stream)) {
                return each;
            }
        }
        return null;
    }

    /// How much stands before the end of an activation's output in a line; negative if it does not end there.
    private static int lengthBeforeEnd(byte[] bytes, int from, int length) {
        int end = length > 0 && bytes[from + length - 1] == '\r' ? length - 1 : length;
        int before = end - END_BYTES.length;
        boolean isEnd = before >= 0 && Arrays.equals(bytes, from + before, from + end, END_BYTES, 0, END_BYTES.length);
        return isEnd ? before : -1;
    }

    /// Images that never print an end, and callers who never collect, leave no more than this.
    private void forgetOldest() {
        if (requests.size() > MAX_OPEN) {
            requests.pollFirstEntry();
        }
        if (open.size() > MAX_OPEN) {
            var oldest = open.pollFirstEntry();
            torn.remove(oldest.getKey());
            oldest.getValue().forgotten();
        }
    }

    private LineSplitter splitter(Stream stream) {
        LineSplitter splitter = splitters.get(stream);
        if (splitter == null) {
            throw new IllegalStateException("each stream has a splitter");
        }
        return splitter;
    }

    private static long micros(Instant time) {
        return time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
    }
}
