package dev.whirl.server.admin;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

/// Makes tasks of words. `whirl admin` itself.
@Command(
        name = "whirl admin",
        description =
                "Manages users, their keys and quotas, and copies of the data. Works on the server that runs on the"
                        + " data folder, else on the folder itself.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  whirl admin user create alice",
            "  whirl admin user block alice",
            "  whirl admin limits set alice --invocationsPerMinute 60 --concurrentInvocations 10",
            "  whirl admin --data /srv/whirl backup /backups/monday",
            "  whirl admin --data /srv/whirl restore /backups/monday",
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong usage."
        })
final class AdminCommands {
    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            scope = ScopeType.INHERIT,
            description = "The data folder. Default: store.data of the configuration, else ./data.")
    @Nullable
    String data;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "The server's configuration file.")
    @Nullable
    Path config;

    private final Path folder;
    private final Path catalog;
    private @Nullable AdminTask task;

    private AdminCommands(Path folder, Path catalog) {
        this.folder = folder;
        this.catalog = catalog;
    }

    /// What words ask for, and where.
    record Parsed(
            AdminTask task, @Nullable String data, @Nullable Path config) {}

    /// Reads the words of one command. Touches nothing.
    ///
    /// @param folder that relative paths start from
    /// @param catalog folder of the catalog, unless the words name another one
    static Parsed parse(List<String> words, Path folder, Path catalog) {
        var commands = new AdminCommands(folder, catalog);
        var text = new StringWriter();
        var line = new CommandLine(commands)
                .addSubcommand(new UserCommands(commands::keep, folder))
                .addSubcommand(new CommandLine(new LimitsCommands(commands::keep))
                        .addSubcommand(SetLimits.command(commands::keep)))
                .addSubcommand(new DatabaseCommands(commands::keep))
                .addSubcommand(new SyslogCommands(commands::keep))
                .setExecutionExceptionHandler((problem, _, _) -> commands.misused(problem))
                .setOut(new PrintWriter(text, true))
                .setErr(new PrintWriter(text, true));
        int code = line.execute(words.toArray(String[]::new));
        AdminTask asked = commands.task;
        if (asked == null) {
            boolean isHelp = code == AdminTask.DONE && !text.toString().isEmpty();
            asked = isHelp
                    ? new AdminTask.Over(code, text.toString().stripTrailing())
                    : new AdminTask.Over(AdminTask.MISUSED, usage(line, text.toString()));
        }
        return new Parsed(asked, commands.data, commands.config);
    }

    /// A group of commands without a command, or what the parser complained about.
    private static String usage(CommandLine line, String complaint) {
        return complaint.isEmpty()
                ? "unknown command\n" + line.getUsageMessage().stripTrailing()
                : complaint.strip();
    }

    @Command(
            name = "backup",
            description = "write a copy of everything while the server goes on serving",
            mixinStandardHelpOptions = true)
    void backup(
            @Parameters(paramLabel = "FOLDER", description = "where to: a folder that is empty or does not exist")
                    Path to) {
        Path copy = folder.resolve(to).normalize();
        keep(new AdminTask.OnStore(
                (place, out) -> {
                    place.backup(copy);
                    out.accept("Backup written to " + copy);
                    return AdminTask.DONE;
                },
                true));
    }

    @Command(
            name = "restore",
            description = "put a backup in place as the data folder, which must be empty or not exist",
            mixinStandardHelpOptions = true)
    void restore(@Parameters(paramLabel = "FOLDER", description = "the backup") Path from) {
        keep(new AdminTask.Restore(folder.resolve(from).normalize()));
    }

    @Command(
            name = "install-catalog",
            description = "put the packages of the catalog into whisk.system; repeating it does no harm",
            mixinStandardHelpOptions = true)
    void installCatalog(
            @Option(names = "--from", paramLabel = "FOLDER", description = "another catalog than the one brought along")
                    @Nullable
                    Path from,
            @Option(names = "--force", description = "replace packages of the same names that were made by hand")
                    boolean isForced) {
        keep(new AdminTask.OnStore(
                new InstallCatalog(from == null ? catalog : folder.resolve(from).normalize(), isForced), true));
    }

    @Command(
            name = "init-db",
            description = "make or upgrade the databases of a cluster (store.couchdb.url); repeating it does no harm",
            mixinStandardHelpOptions = true)
    void initialize() {
        keep(new AdminTask.Initialize());
    }

    private void keep(AdminTask asked) {
        task = asked;
    }

    private int misused(Exception problem) throws Exception {
        if (problem instanceof MisuseException) {
            keep(new AdminTask.Over(AdminTask.MISUSED, Objects.requireNonNull(problem.getMessage())));
            return AdminTask.MISUSED;
        }
        throw problem;
    }

    /// Which command it is, without its values: for logs.
    static String name(List<String> words) {
        var known = List.of(
                "init-db",
                "install-catalog",
                "user",
                "limits",
                "db",
                "syslog",
                "backup",
                "restore",
                "create",
                "delete",
                "get",
                "whois",
                "block",
                "seed");
        return Stream.concat(known.stream(), Arrays.stream(new String[] {"unblock", "list", "set"}))
                .filter(words::contains)
                .reduce((a, b) -> a + " " + b)
                .orElse("");
    }
}
