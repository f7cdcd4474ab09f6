package dev.whirl.bench.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Offers a load and measures it, with one blocking platform thread for each connection: two system calls and at most
/// one wake-up a call.
public final class LoadGenerator {
    /// Calls at a fixed rate that were never sent because all answers were too late.
    public static final String UNSENT = "unsent";

    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final long STACK_BYTES = 256 * 1024;

    private LoadGenerator() {}

    /// Runs a plan to its end; calls without an answer ten seconds after that are given up.
    public static LoadResult run(LoadPlan plan, Caller.Source source) throws InterruptedException {
        Duration cpuBefore = OwnCpu.now();
        long start = System.nanoTime();
        Pace pace = Pace.of(plan, start);
        List<Worker> workers = new ArrayList<>();
        for (int i = 0; i < plan.load().connections(); i++) {
            workers.add(new Worker(source, pace, plan.expectedStatus()));
        }
        runAll(workers, plan.time().plus(GRACE));
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        return LoadResult.of(merged(workers, pace), elapsed, OwnCpu.now().minus(cpuBefore));
    }

    private static void runAll(List<Worker> workers, Duration longest) throws InterruptedException {
        var running = new CountDownLatch(workers.size());
        for (Worker worker : workers) {
            Runnable task = () -> {
                try {
                    worker.run();
                } finally {
                    running.countDown();
                }
            };
            new Thread(null, task, "load", STACK_BYTES).start();
        }
        if (!running.await(longest.toMillis(), TimeUnit.MILLISECONDS)) {
            workers.forEach(Worker::stop);
            running.await();
        }
    }

    private static Tally merged(List<Worker> workers, Pace pace) {
        var all = new Tally();
        workers.forEach(worker -> all.add(worker.tally()));
        if (pace.unsent() > 0) {
            all.error(UNSENT, pace.unsent());
        }
        return all;
    }
}
