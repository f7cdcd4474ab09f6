package dev.whirl.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// `whirl cluster`.
@Command(
        name = "whirl cluster",
        description = "A whole cluster as processes on this machine, for developers: broker, database, controllers,"
                + " invokers, a provider of feeds, a gateway with Redis and nginx in front where they are installed.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  whirl cluster up",
            "  whirl cluster up --controllers 3 --invokers 4 --set pool.memory=1GB",
            "  whirl cluster status --json",
            "  whirl cluster down",
            "",
            "Exit codes: 0 done, 1 failed or (status) not all parts are up, 2 wrong usage."
        })
public final class Main {
    private static final int FAILED = 1;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            scope = ScopeType.INHERIT,
            description = "Where everything of the cluster is kept. Default: ./cluster.")
    Path data = Path.of("cluster");

    private Main() {}

    /// @param arguments see `whirl cluster --help`
    public static void main(String[] arguments) {
        var line = new CommandLine(new Main()).setExecutionExceptionHandler((problem, _, _) -> complain(problem));
        System.exit(line.execute(arguments.length == 0 ? new String[] {"--help"} : arguments));
    }

    @Command(name = "up", description = "start a cluster; ends when it is ready", mixinStandardHelpOptions = true)
    int up(@Mixin UpOptions options) throws InterruptedException {
        Programs programs = Programs.ofThisInstallation();
        Blueprint blueprint =
                options.blueprint(OwnFile.folder(data.toAbsolutePath().normalize()), programs);
        requireNothingRuns(blueprint);
        requireFree(blueprint);
        Map<String, String> keys = new Cluster(blueprint, programs, System.err::println).up();
        System.out.println(welcome(blueprint, keys));
        return 0;
    }

    @Command(name = "status", description = "say how each part is", mixinStandardHelpOptions = true)
    int status(@Option(names = "--json", description = "For programs.") boolean isJson) {
        List<Member> members = file().read();
        if (members.isEmpty() && !isJson) {
            System.out.println("No cluster was started in %s.".formatted(data.toAbsolutePath()));
            return FAILED;
        }
        var rows = new LinkedHashMap<Member, Member.Health>();
        members.forEach(each -> rows.put(each, each.health()));
        System.out.print(isJson ? Status.json(rows) : Status.table(rows));
        return rows.values().stream().allMatch(Member.Health.UP::equals) && !rows.isEmpty() ? 0 : FAILED;
    }

    @Command(name = "down", description = "stop all parts; the data stays", mixinStandardHelpOptions = true)
    int down() throws InterruptedException {
        List<Member> members = file().read();
        if (members.isEmpty()) {
            System.err.println("No cluster was started in %s.".formatted(data.toAbsolutePath()));
            return 0;
        }
        Cluster.stop(members, new Launcher(data.toAbsolutePath(), System.err::println));
        file().delete();
        return 0;
    }

    private ClusterFile file() {
        return new ClusterFile(data.toAbsolutePath().normalize());
    }

    private void requireNothingRuns(Blueprint blueprint) {
        if (file().read().stream().anyMatch(Member::isAlive)) {
            throw new ClusterException(
                    "A cluster runs in %s: stop it with: whirl cluster down".formatted(blueprint.folder()));
        }
    }

    private static void requireFree(Blueprint blueprint) {
        for (int port : blueprint.ports()) {
            try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                // nobody has it
            } catch (IOException e) {
                throw new ClusterException(
                        "Port %d is taken, and a cluster at --port %d needs it: give another one with --port."
                                .formatted(port, blueprint.port()),
                        e);
            }
        }
    }

    private static String welcome(Blueprint blueprint, Map<String, String> keys) {
        return """
                The cluster is ready at %1$s

                  wsk property set --apihost %1$s --auth %2$s
                  wsk list
                  whirl cluster status --data %3$s
                  whirl cluster down --data %3$s""".formatted(blueprint.url(), keys.get("guest"), blueprint.folder());
    }

    private static int complain(Exception problem) throws Exception {
        if (problem instanceof ClusterException) {
            System.err.println("whirl: " + problem.getMessage());
            return FAILED;
        }
        throw problem;
    }
}
