package dev.whirl.cluster;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/// What `whirl cluster up` can be told.
final class UpOptions {
    @Option(names = "--port", paramLabel = "N", description = "Where users call it. Default: 3233.")
    int port = 3233;

    @Option(names = "--controllers", paramLabel = "N", description = "Default: 2.")
    int controllers = 2;

    @Option(names = "--invokers", paramLabel = "N", description = "Default: 2.")
    int invokers = 2;

    @Option(
            names = "--gateways",
            paramLabel = "N",
            description = "They need redis-server. Default: 1 where that is installed.")
    int gateways = Redis.installed().isPresent() ? 1 : 0;

    @Option(names = "--feeds", paramLabel = "N", description = "Providers of feeds. Default: 1.")
    int feeds = 1;

    @Option(names = "--no-router", description = "Without nginx; the first controller has the port.")
    boolean isBare;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Sets a configuration key of the parts that have it; may be repeated.")
    Map<String, String> settings = new LinkedHashMap<>();

    /// @param folder where everything of the cluster is kept
    Blueprint blueprint(Path folder, Programs programs) {
        return new Blueprint(
                folder,
                port,
                new Blueprint.Counts(controllers, invokers, gateways, feeds),
                !isBare && programs.router().isPresent(),
                settings);
    }
}
