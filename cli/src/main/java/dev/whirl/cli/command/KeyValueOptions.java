package dev.whirl.cli.command;

import dev.whirl.cli.command.DeclaredOption.Takes;
import dev.whirl.cli.file.FileProblem;
import dev.whirl.client.KeyValues;
import dev.whirl.model.json.MalformedJsonException;
import dev.whirl.model.json.RawJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A pair of repeatable options: keys with values, and files with JSON objects. They count in the order in which
/// they are written; of equal keys the last wins.
public final class KeyValueOptions {
    /// What OpenWhisk's `wsk` refuses, too: it takes no text with a double quote in it.
    private static final Pattern MEANT_AS_JSON = Pattern.compile("\\s*[{\\[][^\"]*\".*", Pattern.DOTALL);

    private static final String VALUE_RULE =
            "a key and its VALUE: JSON if it is that, else text; one that begins with { or [ and holds a \" must be JSON";

    private static final Pattern PARSER_INSIDES = Pattern.compile(" ?\\(start marker at \\[[^]]*]\\)");

    private final String noun;
    private final List<Source> sources = new ArrayList<>();

    /// One use of one of the options.
    private sealed interface Source {
        record Pair(String key, String value) implements Source {}

        record FromFile(String name) implements Source {}
    }

    private KeyValueOptions(String noun) {
        this.noun = noun;
    }

    /// `-p KEY VALUE` and `-P FILE`.
    public static KeyValueOptions parameters(Options options) {
        return new KeyValueOptions("parameter")
                .declare(options, List.of("-p", "--param"), List.of("-P", "--param-file"));
    }

    /// `-a KEY VALUE` and `-A FILE`.
    public static KeyValueOptions annotations(Options options) {
        return new KeyValueOptions("annotation")
                .declare(options, List.of("-a", "--annotation"), List.of("-A", "--annotation-file"));
    }

    /// `-F KEY VALUE`.
    public static KeyValueOptions feedParameters(Options options) {
        return new KeyValueOptions("parameter").declare(options, List.of("-F", "--feed-param"), List.of());
    }

    /// `-T KEY VALUE`.
    public static KeyValueOptions triggerParameters(Options options) {
        return new KeyValueOptions("parameter").declare(options, List.of("-T", "--trigger-param"), List.of());
    }

    /// `--param KEY VALUE` and `--param-file FILE`, without short names.
    public static KeyValueOptions variables(Options options) {
        return new KeyValueOptions("parameter").declare(options, List.of("--param"), List.of("-P", "--param-file"));
    }

    /// Whether any was written.
    public boolean isSet() {
        return !sources.isEmpty();
    }

    /// All keys with their values. A value that is JSON is taken as JSON, any other as text; but one that begins with
    /// `{` or `[` and has a double quote in it must be JSON.
    ///
    /// @throws CliException if one is not, or a file holds no JSON object
    public SequencedMap<String, RawJson> fields(Path workingFolder) {
        var fields = new LinkedHashMap<String, RawJson>();
        for (Source each : sources) {
            switch (each) {
                case Source.Pair(var key, var value) -> fields.put(key, jsonOrText(key, value));
                case Source.FromFile(var name) -> fields.putAll(object(workingFolder.resolve(name), name));
            }
        }
        return fields;
    }

    /// The same as an array of keys and values.
    public KeyValues keyValues(Path workingFolder) {
        KeyValues values = KeyValues.NONE;
        for (var each : fields(workingFolder).entrySet()) {
            values = values.with(each.getKey(), each.getValue());
        }
        return values;
    }

    /// The same, or null if none was written.
    public @Nullable KeyValues keyValuesOrNull(Path workingFolder) {
        return isSet() ? keyValues(workingFolder) : null;
    }

    private RawJson jsonOrText(String key, String value) {
        try {
            return RawJson.parse(value);
        } catch (MalformedJsonException e) {
            if (MEANT_AS_JSON.matcher(value).matches()) {
                throw CliException.misunderstood(
                        "Invalid %s argument '%s', which begins as JSON does: %s".formatted(noun, key, reason(e)));
            }
            return RawJson.string(value);
        }
    }

    /// What is wrong and where, without what the parser says of its own insides.
    private static String reason(MalformedJsonException failure) {
        return PARSER_INSIDES.matcher(String.valueOf(failure.getMessage())).replaceAll("");
    }

    private SequencedMap<String, RawJson> object(Path file, String name) {
        if (!Files.exists(file) || Files.isDirectory(file)) {
            throw CliException.usage("File '%s' is not a valid file or it does not exist".formatted(name));
        }
        try {
            RawJson json = RawJson.parse(Files.readString(file, StandardCharsets.UTF_8));
            if (json.isObject()) {
                return json.fields();
            }
            throw CliException.misunderstood(
                    "Invalid %s argument '%s': the file must hold a JSON object".formatted(noun, name));
        } catch (MalformedJsonException e) {
            throw CliException.misunderstood("Invalid %s argument '%s': %s".formatted(noun, name, reason(e)));
        } catch (IOException e) {
            throw CliException.general("Unable to read the file '%s': %s".formatted(name, FileProblem.of(e)));
        }
    }

    private KeyValueOptions declare(Options options, List<String> pair, List<String> file) {
        options.declare(
                Takes.PAIR,
                "KEY VALUE",
                VALUE_RULE,
                words -> sources.add(new Source.Pair(words.getFirst(), words.get(1))),
                pair.toArray(String[]::new));
        if (!file.isEmpty()) {
            options.declare(
                    Takes.FILE,
                    "FILE",
                    "a file with a JSON object of %ss".formatted(noun),
                    words -> sources.add(new Source.FromFile(words.getFirst())),
                    file.toArray(String[]::new));
        }
        return this;
    }
}
