package dev.whirl.bench;

import dev.whirl.bench.process.Docker;
import dev.whirl.bench.process.PlatformProcesses;
import dev.whirl.bench.process.ServerCommand;
import dev.whirl.bench.report.Promise;
import dev.whirl.bench.scenario.BareContainers;
import dev.whirl.bench.scenario.BareProcesses;
import dev.whirl.bench.scenario.BareRuns;
import dev.whirl.bench.scenario.Scenarios;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The options of `whirl bench`.
@Command(
        name = "whirl bench",
        description = "Measures a platform on this machine and prints a table.",
        sortOptions = false)
final class Options {
    /// How to print.
    enum Output {
        table,
        json
    }

    /// What functions run in.
    enum Sandbox {
        auto,
        process,
        docker
    }

    static final String GUEST_KEY =
            "23bc46b1-71f6-4ed5-8c54-816aa4f8c502:123zO3xZCLrMN6v2BKK1dXYFpXlPkccOFqm12CdAsMgRU4VrNZ9lyGVCGuMDGIwP";

    /// No throttle stands between the load and the platform, and no record is removed before it is counted.
    private static final List<String> SETTINGS = List.of(
            "limits.invocations-per-minute=100000000",
            "limits.fires-per-minute=100000000",
            "limits.concurrent-invocations=10000",
            "records.retention-count=1000000000");

    private static final String SOCKET = "sandbox.docker.socket";
    private static final String IMAGES = "sandbox.docker.images";

    @Parameters(arity = "0..*", paramLabel = "SCENARIO", description = "What to measure; see below.")
    List<String> names = new ArrayList<>();

    @Option(
            names = "--against",
            paramLabel = "URL",
            description = "Another OpenWhisk-compatible server: measured beside Whirl in the same run, with ratios.")
    @Nullable
    String against;

    @Option(
            names = "--apihost",
            paramLabel = "HOST:PORT",
            description = "A running platform on a loopback address, or in a pod a service of its cluster.")
    @Nullable
    String apihost;

    @Option(
            names = "--auth",
            paramLabel = "KEY",
            description =
                    "Key for a server that was given. Default: WHISK_AUTH of the environment, else that of the guest.")
    String auth = System.getenv().getOrDefault("WHISK_AUTH", GUEST_KEY);

    @Option(names = "--server-pid", paramLabel = "PID", description = "Its process, to show its CPU and memory.")
    @Nullable
    Long serverPid;

    @Option(
            names = "--cluster",
            paramLabel = "FOLDER",
            description =
                    "Where 'whirl cluster up' keeps the server that was given: shows the CPU of each of its parts.")
    @Nullable
    Path cluster;

    @Option(
            names = "--server-command",
            paramLabel = "COMMAND",
            description = "Starts a server; --port, --data and --set are added. Default: this distribution's.")
    String serverCommand = System.getProperty("whirl.server.command", "");

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "A setting for the started server; may be repeated.")
    List<String> settings = new ArrayList<>();

    @Option(
            names = "--sandbox",
            paramLabel = "BACKEND",
            description = "What functions of a started server run in: process or docker. Default: the server's choice.")
    Sandbox sandbox = Sandbox.auto;

    @Option(names = "--connections", paramLabel = "N", split = ",", description = "Closed loops. Default: 1,8,32.")
    List<Integer> connections = new ArrayList<>();

    @Option(names = "--seconds", paramLabel = "S", description = "Time of each measurement. Default: 3.")
    @Nullable
    Double seconds;

    @Option(
            names = "--repeat",
            paramLabel = "N",
            description = "Repetitions of each measurement. Default: 5; 1 with --quick.")
    @Nullable
    Integer repeat;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Calls a second of open loops. Default: 1000; 3000 for nonblocking.")
    @Nullable
    Integer rate;

    @Option(names = "--count", paramLabel = "N", description = "First calls of each kind and way. Default: 20.")
    @Nullable
    Integer count;

    @Option(names = "--quick", description = "A short run of each scenario, for a first look.")
    boolean isQuick;

    @Option(names = "--full", description = "With scale: ten million activations instead of 300,000.")
    boolean isFull;

    @Option(
            names = "--check",
            description = "Fails where a median is worse than promised by more than the repetitions differ.")
    boolean isCheck;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes everything that was measured as JSON.")
    @Nullable
    Path json;

    @Option(names = "--chart", paramLabel = "FILE", description = "Draws latency by load (SVG); measures load for it.")
    @Nullable
    Path chart;

    @Option(names = "--output", paramLabel = "FORM", description = "One of ${COMPLETION-CANDIDATES}. Default: table.")
    Output output = Output.table;

    @Option(names = "--node", paramLabel = "COMMAND", description = "Interpreter of the bare runtime. Default: node.")
    String node = "node";

    @Option(names = "--runtimes", paramLabel = "FOLDER", description = "Launchers. Default: this distribution's.")
    @Nullable
    Path runtimes;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this text.")
    boolean isHelpWanted;

    /// The end of the help.
    static String footer() {
        return """

                Scenarios:
                %s
                all           all of them (three repetitions took 28 minutes); the same as none

                Without --apihost a server is started for each scenario, on a free loopback port with a temporary data
                folder, and stopped at the end. Before the first measurement a function works until neither its rate
                nor the server's CPU a call gets better. At a fixed rate, latency begins when a call was due, not when
                a connection was free. Every figure is the median of the repetitions, and its noise 1.5 times their
                median distance from it, from 0.05 to 0.15 of the median (0.1 for a single one). With --check a
                promise is broken when the median is on the wrong side by more than that, or when what may never
                happen, a failed call or too long a wait, happened once.

                Examples:
                  whirl bench warm
                  whirl bench
                  whirl bench warm cold --quick --output json
                  whirl bench warm --connections 1,32 --seconds 5 --rate 2000
                  whirl bench cold --count 50
                  whirl bench all --check --json result.json
                  whirl bench warm cold --sandbox docker --set sandbox.docker.images=nodejs:20=IMAGE,python:3.11=IMAGE
                  whirl bench --chart latency.svg
                  whirl bench memory --seconds 600
                  whirl bench warm web cold --against http://localhost:3233 --auth UUID:SECRET
                  whirl bench warm --apihost localhost:3233 --auth UUID:SECRET --server-pid 4711
                  whirl bench warm --against http://localhost:3233 --auth UUID:SECRET --cluster cluster

                Exit codes: 0 measured, 1 could not measure or a promise is broken (--check), 2 wrong usage.
                """.formatted(Part.descriptions());
    }

    /// What to measure, in the order in which the scenarios are told.
    ///
    /// @throws IllegalArgumentException if there is no such scenario
    List<Part> parts() {
        if (apihost != null && against != null) {
            throw new IllegalArgumentException("give either --apihost or --against");
        }
        if (cluster != null && apihost == null && against == null) {
            throw new IllegalArgumentException(
                    "--cluster tells of a server that was given: give --apihost or --against");
        }
        if (cluster != null && serverPid != null) {
            throw new IllegalArgumentException("give either --server-pid or --cluster");
        }
        boolean isAll = names.contains("all") || (names.isEmpty() && chart == null);
        List<Part> parts = isAll ? Part.all() : namedParts();
        if (sandbox == Sandbox.docker && parts.stream().anyMatch(Part::measuresBare)) {
            var _ = bareImage();
        }
        return parts;
    }

    private List<Part> namedParts() {
        Stream<Part> drawn = chart == null ? Stream.of() : Stream.of(Part.LOAD);
        return Stream.concat(names.stream().map(Part::named), drawn)
                .distinct()
                .sorted()
                .toList();
    }

    /// The command of a server to start.
    ///
    /// @param partSettings what a scenario needs; what the user sets wins
    /// @throws IllegalArgumentException if there is none
    ServerCommand server(List<String> partSettings) {
        if (serverCommand.isBlank()) {
            throw new IllegalArgumentException("no server to measure: give --apihost or --server-command");
        }
        return new ServerCommand(
                ServerCommand.words(serverCommand),
                Stream.of(SETTINGS, backend(), partSettings, settings)
                        .flatMap(List::stream)
                        .toList());
    }

    /// The processes of a server that was given, as far as they are known.
    ///
    /// @throws IOException if they are a cluster's, and none was started there
    PlatformProcesses processes() throws IOException {
        if (cluster != null) {
            return PlatformProcesses.ofCluster(cluster);
        }
        return serverPid == null ? PlatformProcesses.NONE : PlatformProcesses.of(serverPid);
    }

    private List<String> backend() {
        return sandbox == Sandbox.auto ? List.of() : List.of("sandbox.backend=" + sandbox);
    }

    /// How what was measured of a part is called: other promises are made of containers.
    String label(Part part) {
        return sandbox == Sandbox.docker ? part.label() + Promise.IN_DOCKER : part.label();
    }

    /// Bare Node runtimes of the kind that the platform's functions run in.
    BareRuns bareRuns() {
        if (sandbox == Sandbox.docker) {
            return new BareContainers(new Docker(setting(SOCKET).orElse("/var/run/docker.sock")), bareImage());
        }
        return new BareProcesses(List.of(
                node, runtimesFolder().resolve("nodejs").resolve("launcher.js").toString()));
    }

    /// @throws IllegalArgumentException if no image was given
    private String bareImage() {
        return setting(IMAGES).stream()
                .flatMap(images -> Stream.of(images.split("[, ]+")))
                .filter(each -> each.startsWith(Scenarios.NODE + "="))
                .map(each -> each.substring(each.indexOf('=') + 1))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "name the images: --set %s=%s=IMAGE,…".formatted(IMAGES, Scenarios.NODE)));
    }

    private Optional<String> setting(String key) {
        return settings.stream()
                .filter(each -> each.startsWith(key + "="))
                .map(each -> each.substring(key.length() + 1))
                .reduce((_, last) -> last);
    }

    /// The command line of this distribution.
    String wsk() {
        return Path.of(System.getProperty("whirl.home", "."), "bin", "wsk")
                .toAbsolutePath()
                .toString();
    }

    private Path runtimesFolder() {
        if (runtimes != null) {
            return runtimes.toAbsolutePath();
        }
        return Stream.of(Path.of(System.getProperty("whirl.home", "."), "lib", "runtimes"), Path.of("runtimes"))
                .filter(Files::isDirectory)
                .findFirst()
                .orElse(Path.of("runtimes"))
                .toAbsolutePath();
    }
}
