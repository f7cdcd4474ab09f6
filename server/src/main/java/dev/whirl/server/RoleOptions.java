package dev.whirl.server;

import dev.whirl.common.config.ConfigReader;
import dev.whirl.server.Flags.Flag;
import dev.whirl.server.ServerConfig.Role;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The options of `whirl controller`, `invoker`, `gateway` and `feeds`, which are told what they need by files and
/// environment.
final class RoleOptions {
    private static final String EXAMPLES = """
            Each key can be in the file, in the environment (bus.kafka.servers is WHIRL_BUS_KAFKA_SERVERS), or given
            with --set. Passwords belong in the file or the environment: everybody here can read a command line.

            Examples:
              whirl controller --config /etc/whirl/controller.conf
              WHIRL_BUS_KAFKA_SERVERS=kafka:9092 WHIRL_STORE_COUCHDB_URL=http://db:5984 whirl invoker

            Exit codes: 0 stopped as asked, 1 could not start or run, 2 wrong usage.
            """;

    @Nullable
    Path config;

    LogLevel logLevel = LogLevel.INFO;

    private final Map<String, String> settings = new LinkedHashMap<>();

    /// The flags that set them.
    ///
    /// @param command such as `whirl controller`
    Flags flags(String command) {
        return new Flags(
                command,
                "",
                List.of(configFlag(to -> config = to), settingFlag(settings), LogLevel.flag(to -> logLevel = to)),
                EXAMPLES);
    }

    static Flag configFlag(Consumer<Path> given) {
        return Flag.once("--config", "FILE", "File of 'key = value' lines.", text -> given.accept(Path.of(text)));
    }

    static Flag settingFlag(Map<String, String> settings) {
        return new Flag("--set", "KEY=VALUE", "Sets one configuration key; may be repeated.", true, text -> {
            int equal = text.indexOf('=');
            settings.put(equal < 0 ? text : text.substring(0, equal), equal < 0 ? "" : text.substring(equal + 1));
        });
    }

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
