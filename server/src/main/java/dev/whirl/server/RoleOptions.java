package dev.whirl.server;

import dev.whirl.common.config.ConfigReader;
import dev.whirl.server.ServerConfig.Role;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The options of `whirl controller`, `invoker`, `gateway` and `feeds`, which are told what they need by files and
/// environment.
@Command(
        mixinStandardHelpOptions = true,
        versionProvider = BuildInfo.class,
        sortOptions = false,
        footer = {
            "",
            "Each key can be in the file, in the environment (bus.kafka.servers is WHIRL_BUS_KAFKA_SERVERS), or given",
            "with --set. Passwords belong in the file or the environment: everybody here can read a command line.",
            "",
            "Examples:",
            "  whirl controller --config /etc/whirl/controller.conf",
            "  WHIRL_BUS_KAFKA_SERVERS=kafka:9092 WHIRL_STORE_COUCHDB_URL=http://db:5984 whirl invoker",
            "",
            "Exit codes: 0 stopped as asked, 1 could not start or run, 2 wrong usage."
        })
final class RoleOptions {
    @Option(names = "--config", paramLabel = "FILE", description = "File of 'key = value' lines.")
    @Nullable
    Path config;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Sets one configuration key; may be repeated.",
            mapFallbackValue = "")
    Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--log-level", description = "One of ${COMPLETION-CANDIDATES}. Default: info.")
    Options.LogLevel logLevel = Options.LogLevel.info;

    /// A reader over what the installation says, file, environment and these options.
    ///
    /// @throws dev.whirl.common.config.ConfigException if the file can't be used
    ConfigReader reader(Role role, Map<String, String> environment) {
        Map<String, String> fromFile = config == null ? Map.of() : ConfigFile.read(config);
        var file = new ConfigReader.Source(config == null ? "file" : config.toString(), fromFile);
        var given = new ConfigReader.Source("--set", settings);
        var said = new ConfigReader(List.of(file, given), environment);
        var installation = new ConfigReader.Source("installation", Installation.defaults(role, said));
        return new ConfigReader(List.of(installation, file, given), environment);
    }
}
