package dev.whirl.cli.entity;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.output.Terminal;
import dev.whirl.model.json.RawJson;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// One field that a `get` was asked for, or all (row L-24).
///
/// @param name as the user wrote it; empty for all
public record Field(String name) {
    /// The second of the arguments, if it is one of the fields there are.
    ///
    /// @param known in lower case
    public static Field of(List<String> arguments, Set<String> known) {
        return of(arguments, known, CliException::general);
    }

    /// The same, where another failure ends the command: of actions, OpenWhisk's `wsk` takes a
    /// wrong field for wrong use.
    ///
    /// @param failure of a message
    public static Field of(List<String> arguments, Set<String> known, Function<String, CliException> failure) {
        if (arguments.size() < 2) {
            return new Field("");
        }
        String name = arguments.get(1);
        if (!known.contains(name.toLowerCase(Locale.ROOT))) {
            throw failure.apply("Invalid field filter '%s'.".formatted(name));
        }
        return new Field(name);
    }

    /// What of a document is to be shown.
    public RawJson of(RawJson json, Map<String, RawJson> fields) {
        return name.isEmpty() ? json : fields.getOrDefault(name.toLowerCase(Locale.ROOT), RawJson.NULL);
    }

    /// The line above it, such as `got package p, displaying field version`.
    public String announcement(Terminal out, String noun, String entity) {
        String got = "got " + noun + " " + out.bold(entity);
        return name.isEmpty() ? got : got + ", displaying field " + out.bold(name);
    }
}
