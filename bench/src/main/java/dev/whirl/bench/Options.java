package dev.whirl.bench;

import dev.whirl.bench.process.ServerCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The options of `whirl bench`.
@Command(
        name = "whirl bench",
        description = "Measures a platform on this machine and prints a table.",
        sortOptions = false,
        footer = {
            "",
            "warm   calls of functions that are running: closed loops, a fixed rate, /ping, and the ceiling of the bare",
            "       runtime process in the same run. CPU and memory of server and runtimes in columns of their own.",
            "cold   first calls of functions never called before, with a stem cell at hand and back to back.",
            "start  from the start of the server's process to its first answer, and its memory when idle.",
            "sequence",
            "       ten steps, the same function and ten functions, beside one call and the bare runtime process: what",
            "       a step costs over the hop.",
            "web    a web action's result as JSON beside the same function over the API.",
            "fire   firing a trigger with one active rule beside calling the function without waiting.",
            "all    all of them.",
            "",
            "Without --apihost a server is started on a free loopback port with a temporary data folder, and stopped at",
            "the end. At a fixed rate, latency begins when a call was due, not when a connection was free.",
            "",
            "Examples:",
            "  whirl bench warm",
            "  whirl bench all --quick --output json",
            "  whirl bench warm --connections 1,32 --seconds 5 --rate 2000",
            "  whirl bench cold --count 50",
            "  whirl bench sequence web fire",
            "  whirl bench warm --apihost localhost:3233 --auth UUID:SECRET --server-pid 4711",
            "",
            "Exit codes: 0 measured, 1 could not measure, 2 wrong usage."
        })
final class Options {
    /// What to measure.
    enum Part {
        warm,
        cold,
        start,
        sequence,
        web,
        fire,
        all
    }

    /// How to print.
    enum Output {
        table,
        json
    }

    static final String GUEST_KEY =
            "23bc46b1-71f6-4ed5-8c54-816aa4f8c502:123zO3xZCLrMN6v2BKK1dXYFpXlPkccOFqm12CdAsMgRU4VrNZ9lyGVCGuMDGIwP";

    /// No throttle stands between the load and the platform.
    private static final List<String> SETTINGS = List.of(
            "limits.invocations-per-minute=100000000",
            "limits.fires-per-minute=100000000",
            "limits.concurrent-invocations=10000");

    @Parameters(arity = "1..*", paramLabel = "PART", description = "One or more of ${COMPLETION-CANDIDATES}.")
    List<Part> parts = new ArrayList<>();

    @Option(names = "--apihost", paramLabel = "HOST:PORT", description = "A running platform on a loopback address.")
    @Nullable
    String apihost;

    @Option(names = "--auth", paramLabel = "KEY", description = "Key for it. Default: that of the guest.")
    String auth = GUEST_KEY;

    @Option(names = "--server-pid", paramLabel = "PID", description = "Its process, to show its CPU and memory.")
    @Nullable
    Long serverPid;

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

    @Option(names = "--connections", paramLabel = "N", split = ",", description = "Closed loops. Default: 1,8,32.")
    List<Integer> connections = new ArrayList<>();

    @Option(names = "--seconds", paramLabel = "S", description = "Time of each warm scenario. Default: 3.")
    @Nullable
    Double seconds;

    @Option(names = "--rate", paramLabel = "N", description = "Calls a second of the open loop. Default: 1000.")
    int rate = 1000;

    @Option(names = "--count", paramLabel = "N", description = "First calls of each kind and way. Default: 20.")
    @Nullable
    Integer count;

    @Option(names = "--quick", description = "A short run: each part takes at most half a minute.")
    boolean isQuick;

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

    boolean measures(Part part) {
        return parts.contains(part) || parts.contains(Part.all);
    }

    /// The command of a server to start.
    ///
    /// @throws IllegalArgumentException if there is none
    ServerCommand server() {
        if (serverCommand.isBlank()) {
            throw new IllegalArgumentException("no server to measure: give --apihost or --server-command");
        }
        return new ServerCommand(
                ServerCommand.words(serverCommand),
                Stream.concat(SETTINGS.stream(), settings.stream()).toList());
    }

    /// Starts a bare Node runtime.
    List<String> bareCommand() {
        return List.of(
                node, runtimesFolder().resolve("nodejs").resolve("launcher.js").toString());
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
