package dev.whirl.cli.command;

import dev.whirl.cli.command.DeclaredOption.Takes;
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
    private static final Pattern BEGINS_AS_JSON = Pattern.compile("\\s*(?:\\{\\s*\"|\\[\\s*[{\\[\"0-9-])");

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

    /// All keys with their values; a value that is not JSON is text.
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

    /// What begins as an object or array does, and is none, is a mistake; anything else that is not
    /// JSON is text, as is `[1] first`.
    private RawJson jsonOrText(String key, String value) {
        try {
            return RawJson.parse(value);
        } catch (MalformedJsonException e) {
            if (BEGINS_AS_JSON.matcher(value).lookingAt() && !goesOnAsText(value)) {
                throw CliException.misunderstood("Invalid %s argument '%s': %s".formatted(noun, key, reason(e)));
            }
            return RawJson.string(value);
        }
    }

    private static boolean goesOnAsText(String value) {
        int end = Math.max(value.lastIndexOf(']'), value.lastIndexOf('}')) + 1;
        return !value.substring(end).isBlank() && isJson(value.substring(0, end));
    }

    private static boolean isJson(String text) {
        try {
            RawJson.parse(text);
            return true;
        } catch (MalformedJsonException _) {
            return false;
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
                "a key with its value; a VALUE that is JSON is taken as JSON",
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
