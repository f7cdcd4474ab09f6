package dev.whirl.server.wait;

import dev.whirl.common.config.ConfigReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/// Runs `whirl wait`.
public final class WaitMain {
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int MISUSED = 2;
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final PrintStream out;
    private final long end;

    private WaitMain(PrintStream out, Duration patience) {
        this.out = out;
        this.end = System.nanoTime() + patience.toNanos();
    }

    /// @param arguments the words after `wait`
    /// @param configuration reads a file, null for none, and the environment
    /// @return the exit code: 0 all is there, 1 it is not, 2 wrong usage
    public static int run(List<String> arguments, Function<@Nullable Path, ConfigReader> configuration, PrintStream out)
            throws InterruptedException {
        var options = new WaitOptions();
        var line = new CommandLine(options);
        try {
            line.parseArgs(arguments.toArray(String[]::new));
            if (line.isUsageHelpRequested()) {
                line.usage(out);
                return DONE;
            }
            return new WaitMain(out, options.patience()).waitFor(options.awaited(configuration));
        } catch (ParameterException | IllegalArgumentException e) {
            out.println("whirl wait: %s. See: whirl wait --help".formatted(e.getMessage()));
            return MISUSED;
        }
    }

    private int waitFor(List<Awaited> all) throws InterruptedException {
        for (Awaited each : all) {
            if (!isThere(each)) {
                return FAILED;
            }
        }
        return DONE;
    }

    private boolean isThere(Awaited awaited) throws InterruptedException {
        String told = "";
        while (true) {
            Optional<String> obstacle = awaited.obstacle();
            if (obstacle.isEmpty()) {
                out.println("%s is there".formatted(awaited.name()));
                return true;
            }
            if (!obstacle.get().equals(told)) {
                told = obstacle.get();
                out.println("waiting for %s: %s".formatted(awaited.name(), told));
            }
            if (System.nanoTime() - end >= 0) {
                out.println("%s is not there in time".formatted(awaited.name()));
                return false;
            }
            Thread.sleep(PAUSE);
        }
    }
}
