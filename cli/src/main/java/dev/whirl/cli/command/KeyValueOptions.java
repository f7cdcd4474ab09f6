package dev.whirl.cli.command;

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
import java.util.Stack;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/// A pair of repeatable options: keys with values, and files with JSON objects. They count in the order in which they
/// are written; of equal keys the last wins.
public final class KeyValueOptions {
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

    /// Whether any was written.
    public boolean isSet() {
        return !sources.isEmpty();
    }

    /// All keys with their values; a value that is not JSON is text.
    public SequencedMap<String, RawJson> fields(Path workingFolder) {
        var fields = new LinkedHashMap<String, RawJson>();
        for (Source each : sources) {
            switch (each) {
                case Source.Pair(var key, var value) -> fields.put(key, jsonOrText(value));
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

    static RawJson jsonOrText(String value) {
        try {
            return RawJson.parse(value);
        } catch (MalformedJsonException _) {
            return RawJson.string(value);
        }
    }

    private SequencedMap<String, RawJson> object(Path file, String name) {
        if (!Files.isRegularFile(file)) {
            throw CliException.usage("File '%s' is not a valid file or it does not exist".formatted(name));
        }
        try {
            RawJson json = RawJson.parse(Files.readString(file, StandardCharsets.UTF_8));
            if (json.isObject()) {
                return json.fields();
            }
            throw CliException.usage(
                    "Invalid %s argument '%s': the file must hold a JSON object".formatted(noun, name));
        } catch (MalformedJsonException e) {
            throw CliException.usage("Invalid %s argument '%s': %s".formatted(noun, name, e.getMessage()));
        } catch (IOException e) {
            throw CliException.general("Unable to read the file '%s': %s".formatted(name, e.getMessage()));
        }
    }

    private KeyValueOptions declare(Options options, List<String> pair, List<String> file) {
        options.spec()
                .addOption(repeatable(
                                pair, "2", "KEY VALUE", "a key with its value; a VALUE that is JSON is taken as JSON")
                        .parameterConsumer(this::takePair)
                        .build());
        if (!file.isEmpty()) {
            options.spec()
                    .addOption(repeatable(file, "1", "FILE", "a file with a JSON object of %ss".formatted(noun))
                            .parameterConsumer(this::takeFile)
                            .build());
        }
        return this;
    }

    private static OptionSpec.Builder repeatable(List<String> names, String arity, String label, String description) {
        return OptionSpec.builder(names.toArray(String[]::new))
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity(arity)
                .paramLabel(label)
                .hideParamSyntax(true)
                .description(description);
    }

    private void takePair(Stack<String> arguments, ArgSpec option, CommandSpec spec) {
        if (arguments.size() < 2) {
            throw new ParameterException(
                    spec.commandLine(),
                    "The %s arguments are invalid: Arguments for '%s' must be a key/value pair"
                            .formatted(noun, longest(option)));
        }
        String key = arguments.pop();
        sources.add(new Source.Pair(key, arguments.pop()));
    }

    private void takeFile(Stack<String> arguments, ArgSpec option, CommandSpec spec) {
        if (arguments.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "The %s arguments are invalid: An argument must be provided for '%s'"
                            .formatted(noun, longest(option)));
        }
        sources.add(new Source.FromFile(arguments.pop()));
    }

    private static String longest(ArgSpec option) {
        return ((OptionSpec) option).longestName();
    }
}
