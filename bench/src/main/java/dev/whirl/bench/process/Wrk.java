package dev.whirl.bench.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.whirl.bench.http.Endpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The load generator `wrk`, where it is installed, as a cross-check of our own on `/ping`.
public final class Wrk {
    private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in");
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s*([0-9.]+)");
    private static final long SPARE_SECONDS = 10;

    private Wrk() {}

    /// What it reported, and the processor time that it took for one call.
    public record Result(double perSecond, double microsPerCall) {}

    /// Runs it against `/ping`; nothing if it is not installed or did not work.
    public static Optional<Result> ping(Endpoint endpoint, int connections, Duration time) throws InterruptedException {
        Duration before = reapedCpu();
        try {
            Process process = new ProcessBuilder(command(endpoint, connections, time))
                    .redirectErrorStream(true)
                    .start();
            if (!process.waitFor(time.toSeconds() + SPARE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            String text = new String(process.getInputStream().readAllBytes(), UTF_8);
            return parse(text, reapedCpu().minus(before));
        } catch (IOException _) {
            return Optional.empty(); // not installed
        }
    }

    static Optional<Result> parse(String text, Duration cpu) {
        Matcher requests = REQUESTS.matcher(text);
        Matcher rate = RATE.matcher(text);
        if (!requests.find() || !rate.find()) {
            return Optional.empty();
        }
        double calls = Math.max(1, Long.parseLong(requests.group(1)));
        return Optional.of(new Result(Double.parseDouble(rate.group(1)), cpu.toNanos() / 1e3 / calls));
    }

    private static List<String> command(Endpoint endpoint, int connections, Duration time) {
        return List.of(
                "wrk",
                "-t1",
                "-c" + connections,
                "-d" + Math.max(1, time.toSeconds()) + "s",
                "http://" + endpoint + "/ping");
    }

    private static Duration reapedCpu() {
        return ProcessTree.of(ProcessHandle.current().pid())
                .map(tree -> tree.root().reapedCpu())
                .orElse(Duration.ZERO);
    }
}
