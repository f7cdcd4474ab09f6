package dev.whirl.e2e.support;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a server is to be started.
///
/// @param prefix words before the command, for example to enter another namespace; empty for none
/// @param data the data folder; null for a new one that is deleted with the server
/// @param settings passed as `--set key=value`
/// @param arguments further arguments, passed as they are
/// @param environment added to the environment of this process
public record ServerOptions(
        List<String> prefix,
        @Nullable Path data,
        Map<String, String> settings,
        List<String> arguments,
        Map<String, String> environment) {
    public static final ServerOptions DEFAULT = new ServerOptions(List.of(), null, Map.of(), List.of(), Map.of());

    public ServerOptions {
        prefix = List.copyOf(prefix);
        settings = Map.copyOf(settings);
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    public ServerOptions withPrefix(List<String> words) {
        return new ServerOptions(words, data, settings, arguments, environment);
    }

    public ServerOptions withData(Path folder) {
        return new ServerOptions(prefix, folder, settings, arguments, environment);
    }

    public ServerOptions with(String key, String value) {
        var more = new LinkedHashMap<>(settings);
        more.put(key, value);
        return new ServerOptions(prefix, data, more, arguments, environment);
    }

    public ServerOptions withArguments(String... words) {
        var more = new ArrayList<>(arguments);
        more.addAll(List.of(words));
        return new ServerOptions(prefix, data, settings, more, environment);
    }

    public ServerOptions withEnvironment(String name, String value) {
        var more = new LinkedHashMap<>(environment);
        more.put(name, value);
        return new ServerOptions(prefix, data, settings, arguments, more);
    }
}
