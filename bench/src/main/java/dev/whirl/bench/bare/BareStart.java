package dev.whirl.bench.bare;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// What it takes to start a process that ends at once: the floor under every cold start.
public final class BareStart {
    private static final long LONGEST_SECONDS = 20;

    private BareStart() {}

    /// The median of several starts, each from the order to start to the end of the process.
    public static double medianMillis(List<String> command, int times) throws IOException, InterruptedException {
        return medianMillis(command, Map.of(), times);
    }

    /// The same, with variables beside those of this process.
    public static double medianMillis(List<String> command, Map<String, String> environment, int times)
            throws IOException, InterruptedException {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            millis.add(once(command, environment));
        }
        return millis.stream().sorted().toList().get(times / 2);
    }

    private static double once(List<String> command, Map<String, String> environment)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(Redirect.DISCARD);
        builder.environment().putAll(environment);
        long start = System.nanoTime();
        Process process = builder.start();
        if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("it did not end: " + String.join(" ", command));
        }
        if (process.exitValue() != 0) {
            throw new IOException("exit code %d of: %s".formatted(process.exitValue(), String.join(" ", command)));
        }
        return (System.nanoTime() - start) / 1e6;
    }
}
