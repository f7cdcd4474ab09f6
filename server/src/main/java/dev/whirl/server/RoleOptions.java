package dev.whirl.server;

import dev.whirl.common.config.ConfigReader;
import dev.whirl.server.Flags.Flag;
import dev.whirl.server.Flags.WrongValueException;
import dev.whirl.server.ServerConfig.Role;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    private static final Pattern NUMBERED = Pattern.compile(".*?([0-9]{1,9})");

    @Nullable
    Path config;

    LogLevel logLevel = LogLevel.INFO;

    boolean isCheck;

    private final Map<String, String> settings = new LinkedHashMap<>();

    /// The flags that set them.
    Flags flags(Role role) {
        var flags = new ArrayList<Flag>(
                List.of(configFlag(to -> config = to), settingFlag(settings), LogLevel.flag(to -> logLevel = to)));
        if (role == Role.CONTROLLER || role == Role.INVOKER) {
            flags.add(numberFlag(role == Role.CONTROLLER ? "controller.id" : "invoker.id"));
        }
        flags.add(checkFlag(() -> isCheck = true));
        return new Flags("whirl " + role.name().toLowerCase(Locale.ROOT), "", flags, EXAMPLES);
    }

    private Flag numberFlag(String key) {
        return Flag.once(
                "--number-of",
                "NAME",
                "Sets %s to the number at the end of a name, such as a pod's: controller-2.".formatted(key),
                name -> {
                    Matcher number = NUMBERED.matcher(name);
                    if (!number.matches()) {
                        throw new WrongValueException(
                                "--number-of takes a name with a number at its end, such as controller-2, not '%s'"
                                        .formatted(name));
                    }
                    settings.put(key, number.group(1));
                });
    }

    static Flag checkFlag(Runnable given) {
        return Flag.bare("--check", "Only says what is wrong with the configuration.", given);
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
