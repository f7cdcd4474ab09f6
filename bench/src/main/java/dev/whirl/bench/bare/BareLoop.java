package dev.whirl.bench.bare;

import dev.whirl.bench.load.LoadResult;
import dev.whirl.bench.load.OwnCpu;
import dev.whirl.bench.load.Tally;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Calls bare runtimes as fast as they answer: one platform thread for each process, a fixed number of calls in
/// flight on each socket. This is the most that any platform could get out of the same processes.
public final class BareLoop {
    private BareLoop() {}

    /// Runs for a time with `inFlight` calls at each of the runtimes.
    public static LoadResult run(List<BareRuntime> runtimes, int inFlight, String runDocument, Duration time)
            throws InterruptedException {
        Duration cpuBefore = OwnCpu.now();
        long start = System.nanoTime();
        List<Lane> lanes = new ArrayList<>();
        for (BareRuntime runtime : runtimes) {
            var window = new BareWindow(runtime.channel(), runtime.numbers(), inFlight, runDocument);
            var lane = new Lane(window, start + time.toNanos());
            lane.start();
            lanes.add(lane);
        }
        var all = new Tally();
        for (Lane lane : lanes) {
            lane.join();
            all.add(lane.tally);
        }
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        return LoadResult.of(all, elapsed, OwnCpu.now().minus(cpuBefore));
    }

    /// The thread of one runtime.
    private static final class Lane extends Thread {
        private final BareWindow window;
        private final long end;
        private final Tally tally = new Tally();

        Lane(BareWindow window, long end) {
            super("bare");
            this.window = window;
            this.end = end;
        }

        @Override
        public void run() {
            try {
                window.run(end, tally);
            } catch (IOException _) {
                tally.error("closed", window.inFlight());
            }
        }
    }
}
