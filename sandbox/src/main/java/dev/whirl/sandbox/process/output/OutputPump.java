package dev.whirl.sandbox.process.output;

import dev.whirl.sandbox.process.system.Posix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread that empties the pipes of all sandboxes with a run in flight, so that nobody who writes has to wait.
///
/// It lets output gather for a millisecond and then reads each pipe once: a flood costs one pipe's content per
/// millisecond, and a call that is over sooner is drained by whoever collects its logs, without waking this thread.
public final class OutputPump implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(OutputPump.class);
    private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int MIN_TICK_MILLIS = 2;
    private static final int MAX_TICK_MILLIS = 16;
    private static final int IDLE_TICKS_BEFORE_PARKING = 50;
    private static final int ENTRY_BYTES = 8;
    private static final int EVENTS_OFFSET = 4;
    private static final int RETURNED_OFFSET = 6;

    private record Polled(SandboxOutput output, OutputPipe pipe) {}

    private final Set<SandboxOutput> outputs = ConcurrentHashMap.newKeySet();
    private final Thread thread =
            Thread.ofPlatform().name("sandbox-output").daemon().unstarted(this::loop);
    private volatile boolean isParked;
    private volatile boolean isClosed;
    private Posix.Buffer entries = new Posix.Buffer(64 * ENTRY_BYTES);

    /// Starts the thread; it ends with [#close].
    public static OutputPump started() {
        var pump = new OutputPump();
        pump.thread.start();
        return pump;
    }

    private OutputPump() {}

    public void add(SandboxOutput output) {
        outputs.add(output);
    }

    public void remove(SandboxOutput output) {
        outputs.remove(output);
    }

    /// Tells that some output became busy.
    public void runStarted() {
        if (isParked) {
            LockSupport.unpark(thread);
        }
    }

    @Override
    public void close() {
        isClosed = true;
        LockSupport.unpark(thread);
    }

    private void loop() {
        int tick = MIN_TICK_MILLIS;
        int idleTicks = 0;
        while (!isClosed) {
            List<Polled> busy = busyPipes();
            if (busy.isEmpty()) {
                idleTicks++;
                rest(idleTicks);
                tick = MIN_TICK_MILLIS;
                continue;
            }
            idleTicks = 0;
            tick = readSome(busy, tick) ? MIN_TICK_MILLIS : Math.min(MAX_TICK_MILLIS, tick * 2);
        }
    }

    /// A pause between two looks; a long one, until the next run, when there was nothing to do for a while.
    private void rest(int idleTicks) {
        isParked = idleTicks >= IDLE_TICKS_BEFORE_PARKING;
        if (isParked && !isClosed && outputs.stream().noneMatch(SandboxOutput::isBusy)) {
            LockSupport.park();
        } else {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(MIN_TICK_MILLIS));
        }
        isParked = false;
    }

    private List<Polled> busyPipes() {
        var busy = new ArrayList<Polled>();
        for (SandboxOutput output : outputs) {
            if (output.isBusy()) {
                output.pipes().stream()
                        .filter(pipe -> !pipe.isAtEnd())
                        .forEach(pipe -> busy.add(new Polled(output, pipe)));
            }
        }
        return busy;
    }

    /// Waits for output up to the tick; true if there was some.
    private boolean readSome(List<Polled> busy, int tickMillis) {
        MemorySegment memory = fill(busy);
        if (Posix.poll(entries, busy.size(), tickMillis) <= 0) {
            return false;
        }
        LockSupport.parkNanos(GATHER_NANOS);
        DrainBuffer buffer = DrainBuffer.borrow();
        try {
            for (int i = 0; i < busy.size(); i++) {
                if (memory.get(ValueLayout.JAVA_SHORT, (long) i * ENTRY_BYTES + RETURNED_OFFSET) != 0) {
                    busy.get(i).output().pump(busy.get(i).pipe(), buffer);
                }
            }
        } catch (RuntimeException | Error e) { // all sandboxes need this thread
            log.atError().setCause(e).log("reading the output of a sandbox failed");
        } finally {
            buffer.giveBack();
        }
        return true;
    }

    private MemorySegment fill(List<Polled> busy) {
        long needed = (long) busy.size() * ENTRY_BYTES;
        if (entries.data().byteSize() < needed) {
            entries = new Posix.Buffer((int) needed * 2);
        }
        MemorySegment memory = entries.data();
        for (int i = 0; i < busy.size(); i++) {
            long at = (long) i * ENTRY_BYTES;
            memory.set(ValueLayout.JAVA_INT, at, busy.get(i).pipe().descriptor());
            memory.set(ValueLayout.JAVA_SHORT, at + EVENTS_OFFSET, Posix.POLLIN);
            memory.set(ValueLayout.JAVA_SHORT, at + RETURNED_OFFSET, (short) 0);
        }
        return memory;
    }
}
