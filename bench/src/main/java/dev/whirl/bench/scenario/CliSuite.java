package dev.whirl.bench.scenario;

import dev.whirl.bench.bare.BareStart;
import dev.whirl.bench.report.Figure;
import dev.whirl.bench.report.Round;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Measures how long the command line takes from the order to start to its end, alone and with a server to ask, and
/// how long from saving a file in a folder that `wsk dev` watches to the first answer of the new code.
public final class CliSuite implements Suite {
    private static final int UNCOUNTED = 3;

    private final String command;
    private final int count;
    private final int repeat;
    private final String prefix;
    private final Consumer<String> progress;

    /// @param command the command line, such as `bin/wsk`
    /// @param count how often each is started, and a file saved, for one median
    /// @param prefix of the function's name
    public CliSuite(String command, int count, int repeat, String prefix, Consumer<String> progress) {
        this.command = command;
        this.count = count;
        this.repeat = repeat;
        this.prefix = prefix;
        this.progress = progress;
    }

    @Override
    public List<Round> run(Target target) throws IOException, InterruptedException {
        Map<String, String> environment = Map.of(
                "WHISK_APIHOST", "http://" + target.endpoint(), "WHISK_AUTH", target.auth(), "WSK_CONFIG_FILE", "");
        List<Round> rounds = new ArrayList<>();
        for (int i = 0; i < repeat; i++) {
            rounds.add(new Round(
                    List.of(),
                    List.of(
                            figure("version-ms", environment, "--version"),
                            figure("list-ms", environment, "list"),
                            saveToLive(environment, target))));
        }
        return rounds;
    }

    private Figure saveToLive(Map<String, String> environment, Target target) throws IOException, InterruptedException {
        try (LiveFolder folder = LiveFolder.start(command, environment, target, prefix + "-live")) {
            folder.medianMillis(UNCOUNTED);
            double millis = folder.medianMillis(count);
            progress.accept("wsk dev, from saving to live: p50 %.0f ms".formatted(millis));
            return new Figure("save-to-live-ms", millis);
        }
    }

    private Figure figure(String name, Map<String, String> environment, String argument)
            throws IOException, InterruptedException {
        List<String> words = List.of(command, argument);
        BareStart.medianMillis(words, environment, UNCOUNTED);
        double millis = BareStart.medianMillis(words, environment, count);
        progress.accept("wsk %s: p50 %.0f ms".formatted(argument, millis));
        return new Figure(name, millis);
    }
}
