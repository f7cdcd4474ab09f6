package dev.whirl.server;

import dev.whirl.common.config.ConfigException;
import dev.whirl.common.config.ConfigKey;
import dev.whirl.common.config.ConfigReader;
import dev.whirl.server.Flags.Wish;
import dev.whirl.server.ServerConfig.Role;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Reads configurations as a process would, and starts nothing.
public final class ConfigCheck {
    private ConfigCheck() {}

    /// Every key that a part reads, in the order of reading.
    public static Collection<ConfigKey> keys() {
        var keys = new LinkedHashMap<String, ConfigKey>();
        for (Role role : Role.values()) {
            var reader = new ConfigReader(List.of(), Map.of());
            var _ = problems(() -> ServerConfig.read(role, reader)); // that the manifest of kinds is not here
            reader.keys().forEach(each -> keys.putIfAbsent(each.name(), each));
        }
        return List.copyOf(keys.values());
    }

    /// What keeps a command from starting, as far as its words, its file and its environment go.
    ///
    /// @param command such as `controller --config file`
    /// @return a sentence for each problem; none if all is in order
    public static List<String> problems(List<String> command, Map<String, String> environment) {
        List<String> words = command.subList(1, command.size());
        return switch (command.getFirst()) {
            case "up" -> {
                var options = new Options();
                yield problems(
                        options.flags(), words, () -> ServerConfig.read(Role.STANDALONE, options.reader(environment)));
            }
            case "controller" -> problems(Role.CONTROLLER, words, environment);
            case "invoker" -> problems(Role.INVOKER, words, environment);
            case "gateway" -> problems(Role.GATEWAY, words, environment);
            case "feeds" -> problems(Role.FEEDS, words, environment);
            default -> List.of("'%s' is no part of the platform".formatted(command.getFirst()));
        };
    }

    private static List<String> problems(Role role, List<String> words, Map<String, String> environment) {
        var options = new RoleOptions();
        return problems(options.flags(role), words, () -> ServerConfig.read(role, options.reader(role, environment)));
    }

    private static List<String> problems(Flags flags, List<String> words, Supplier<ServerConfig> config) {
        return flags.read(words) instanceof Wish.Wrong(String sentence) ? List.of(sentence) : problems(config);
    }

    /// What is wrong with a configuration; none if nothing is.
    static List<String> problems(Supplier<ServerConfig> config) {
        try {
            var _ = config.get();
            return List.of();
        } catch (ConfigException e) {
            return e.problems();
        }
    }
}
