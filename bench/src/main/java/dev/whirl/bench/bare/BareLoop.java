package dev.whirl.bench.bare;

import dev.whirl.bench.load.LoadResult;
import dev.whirl.bench.load.OwnCpu;
import dev.whirl.bench.load.Tally;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// Calls bare runtimes as fast as they answer. This is the most that any platform could get out of the same processes.
public final class BareLoop {
    private BareLoop() {}

    /// Runs for a time with `inFlight` calls at each of the runtimes, which has a thread of its own.
    public static LoadResult run(List<BareRuntime> runtimes, int inFlight, String runDocument, Duration time)
            throws InterruptedException {
        long start = System.nanoTime();
        List<Lane> lanes = new ArrayList<>();
        for (BareRuntime runtime : runtimes) {
            BareWindow window = window(runtime, inFlight, runDocument);
            lanes.add(new Lane(tally -> window.run(start + time.toNanos(), tally)));
        }
        return run(lanes);
    }

    /// Runs for a time with a number of callers, each of which calls all runtimes, one after another, in a random
    /// order of its own; a runtime takes one call at a time.
    public static LoadResult runAny(List<BareRuntime> runtimes, int callers, String runDocument, Duration time)
            throws InterruptedException {
        List<BareWindow> windows = runtimes.stream()
                .map(runtime -> window(runtime, 1, runDocument))
                .toList();
        long end = System.nanoTime() + time.toNanos();
        List<Lane> lanes = IntStream.range(0, callers)
                .mapToObj(number -> new Lane(tally -> callInTurn(shuffled(windows, number), end, tally)))
                .toList();
        return run(lanes);
    }

    private static void callInTurn(List<BareWindow> windows, long end, Tally tally) throws IOException {
        while (true) {
            for (BareWindow window : windows) {
                if (System.nanoTime() >= end) {
                    return;
                }
                synchronized (window) {
                    window.run(Long.MIN_VALUE, tally); // the end is over, so this is one call
                }
            }
        }
    }

    private static List<BareWindow> shuffled(List<BareWindow> windows, long seed) {
        List<BareWindow> order = new ArrayList<>(windows);
        Collections.shuffle(order, new Random(seed));
        return order;
    }

    private static BareWindow window(BareRuntime runtime, int inFlight, String runDocument) {
        return new BareWindow(runtime.channel(), runtime.numbers(), inFlight, runDocument);
    }

    private static LoadResult run(List<Lane> lanes) throws InterruptedException {
        Duration cpuBefore = OwnCpu.now();
        long start = System.nanoTime();
        lanes.forEach(Thread::start);
        var all = new Tally();
        for (Lane lane : lanes) {
            lane.join();
            all.add(lane.tally);
        }
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        return LoadResult.of(all, elapsed, OwnCpu.now().minus(cpuBefore));
    }

    private interface Work {
        void run(Tally tally) throws IOException;
    }

    /// A thread that calls.
    private static final class Lane extends Thread {
        private final Work work;
        private final Tally tally = new Tally();

        Lane(Work work) {
            super("bare");
            this.work = work;
        }

        @Override
        public void run() {
            try {
                work.run(tally);
            } catch (IOException _) {
                tally.error("closed", 1);
            }
        }
    }
}
