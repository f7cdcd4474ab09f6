package dev.whirl.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/// Prints what starts cost here, for `docs/design`. Not part of the suite: `-Dtest=StartCost`.
class StartCost {
    private static final int TIMES = 40;
    private static final long SUSTAINED_NANOS = 8_000_000_000L;

    private interface Starting {
        TestSandbox start() throws Exception;
    }

    @Test
    void printsWhatStartsCost() throws Exception {
        var python = new PythonTest();
        bare("node", List.of("node", "/dev/null"));
        measure("python:3.11 forked", python::start, python.action("echo"));
        measure("python:3.11 anew", () -> Backend.startUnforked(python.kind()), python.action("echo"));
        var node = new NodejsTest();
        measure("nodejs:20", node::start, node.action("echo"));
        sustained("python:3.11 forked", python::start, python.action("echo"));
        sustained("nodejs:20", node::start, node.action("echo"));
        var java = new JavaTest();
        measure("java:25", java::start, java.action("echo"));
    }

    private static void bare(String name, List<String> command) throws Exception {
        var times = new ArrayList<Double>();
        for (int i = 0; i < TIMES / 2; i++) {
            long start = System.nanoTime();
            assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
            times.add(millis(start));
        }
        print(name + " bare", Map.of("start and end", times));
    }

    private static void measure(String name, Starting starting, ActionCode code) throws Exception {
        starting.start().close();
        LockSupport.parkNanos(500_000_000);
        var steps = new TreeMap<String, List<Double>>();
        for (int i = 0; i < TIMES; i++) {
            long begin = System.nanoTime();
            TestSandbox sandbox = starting.start();
            add(steps, "1 start", begin);
            long init = System.nanoTime();
            sandbox.with(code);
            add(steps, "2 init", init);
            long run = System.nanoTime();
            assertThat(sandbox.run("{}").status()).isEqualTo(200);
            add(steps, "3 run", run);
            add(steps, "4 all of these", begin);
            long close = System.nanoTime();
            sandbox.close();
            add(steps, "5 close", close);
            LockSupport.parkNanos(60_000_000);
        }
        print(name, steps);
    }

    private static void sustained(String name, Starting starting, ActionCode code) throws Exception {
        var count = new AtomicInteger();
        long begin = System.nanoTime();
        Callable<Boolean> worker = () -> {
            while (System.nanoTime() - begin < SUSTAINED_NANOS) {
                try (TestSandbox sandbox = starting.start()) {
                    sandbox.with(code).run("{}");
                    count.incrementAndGet();
                }
            }
            return true;
        };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var each : threads.invokeAll(List.of(worker, worker, worker, worker))) {
                assertThat(each.get()).isTrue();
            }
        }
        System.out.printf("COST %-22s sustained %.1f/s%n", name, count.get() * 1e9 / (System.nanoTime() - begin));
    }

    private static void add(Map<String, List<Double>> steps, String step, long since) {
        steps.computeIfAbsent(step, _ -> new ArrayList<>()).add(millis(since));
    }

    private static double millis(long since) {
        return (System.nanoTime() - since) / 1e6;
    }

    private static void print(String name, Map<String, List<Double>> steps) {
        steps.forEach((step, times) -> {
            var sorted = times.stream().sorted().toList();
            System.out.printf(
                    "COST %-22s %-16s p50 %6.1f ms  p95 %6.1f ms%n",
                    name, step, sorted.get(sorted.size() / 2), sorted.get(sorted.size() * 95 / 100));
        });
    }
}
