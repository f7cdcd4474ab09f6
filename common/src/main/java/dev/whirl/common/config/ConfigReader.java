package dev.whirl.common.config;

import dev.whirl.common.units.ByteSize;
import dev.whirl.common.units.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/// Reads typed values out of configuration sources, and remembers which keys were asked for and what was wrong.
///
/// Later sources win: file, then environment, then command line. A part reads its keys into a record with defaults;
/// after
/// all parts have read, [#finish] throws one [ConfigException] with every problem, unknown keys among them.
/// Not for use by several threads.
public final class ConfigReader {
    /// Where values come from, in a word for messages: `conf/whirl.conf`, `environment`, `--set`.
    public record Source(String name, Map<String, String> values) {
        public Source {
            values = Map.copyOf(values);
        }
    }

    private record Value(String text, String source) {}

    private final Map<String, Value> values = new HashMap<>();
    private final Map<String, String> environment;
    private final Map<String, ConfigKey> keys = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    /// @param sources from weakest to strongest, with keys as users write them
    /// @param environment the process's environment: of it only names that begin with `WHIRL_` and belong to a key
    ///     are read; it stands between the first source (the file) and the rest
    public ConfigReader(List<Source> sources, Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
        for (Source source : sources) {
            source.values().forEach((key, text) -> values.put(key, new Value(text, source.name())));
        }
    }

    public long number(String key, long fallback, long min, long max, String meaning) {
        return read(key, "number", Long.toString(fallback), meaning, text -> {
            long number = parse(text);
            if (number < min || number > max) {
                throw new IllegalArgumentException("%d is not from %d to %d".formatted(number, min, max));
            }
            return number;
        });
    }

    private static long parse(String text) {
        try {
            return Long.parseLong(text.strip().replace("_", ""));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'%s' is no whole number".formatted(text), e);
        }
    }

    public Duration duration(String key, Duration fallback, String meaning) {
        return read(key, "duration", Durations.format(fallback), meaning, Durations::parse);
    }

    public ByteSize size(String key, ByteSize fallback, String meaning) {
        return read(key, "size", fallback.toString(), meaning, ByteSize::parse);
    }

    public boolean flag(String key, boolean fallback, String meaning) {
        return read(key, "yes or no", fallback ? "yes" : "no", meaning, text -> switch (text.strip()
                .toLowerCase(Locale.ROOT)) {
            case "yes", "true", "on" -> true;
            case "no", "false", "off" -> false;
            default -> throw new IllegalArgumentException("'%s' is neither yes nor no".formatted(text));
        });
    }

    public String text(String key, String fallback, String meaning) {
        return read(key, "text", fallback, meaning, Function.identity());
    }

    /// Reads one of an enum's names, in lower case with dashes.
    public <E extends Enum<E>> E choice(String key, E fallback, String meaning) {
        E[] all = fallback.getDeclaringClass().getEnumConstants();
        var names = new LinkedHashMap<String, E>();
        for (E each : all) {
            names.put(each.name().toLowerCase(Locale.ROOT).replace('_', '-'), each);
        }
        String fallbackName = fallback.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return read(key, String.join(", ", names.keySet()), fallbackName, meaning, text -> {
            E found = names.get(text.strip());
            if (found == null) {
                throw new IllegalArgumentException(
                        "'%s' is none of %s".formatted(text, String.join(", ", names.keySet())));
            }
            return found;
        });
    }

    /// Reports a problem that a part found between several of its keys.
    public void problem(String sentence) {
        problems.add(sentence);
    }

    /// Every key that was read so far, in the order of reading.
    public Collection<ConfigKey> keys() {
        return List.copyOf(keys.values());
    }

    /// Throws [ConfigException] with all problems if there are any.
    public void finish() {
        for (String unknown : new TreeSet<>(values.keySet())) {
            Value value = values.get(unknown);
            if (value != null && !keys.containsKey(unknown)) {
                problems.add("unknown key '%s' (%s)".formatted(unknown, value.source()));
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems.stream().distinct().toList()); // two parts can read one key
        }
    }

    private <T> T read(String name, String type, String fallback, String meaning, Function<String, T> parser) {
        var key = new ConfigKey(name, type, fallback, meaning);
        keys.put(name, key);
        Value value = strongest(key);
        if (value != null) {
            try {
                return parser.apply(value.text());
            } catch (IllegalArgumentException e) {
                problems.add("%s = %s (%s): %s".formatted(name, value.text(), value.source(), e.getMessage()));
            }
        }
        return parser.apply(fallback);
    }

    private @org.jspecify.annotations.Nullable Value strongest(ConfigKey key) {
        Value value = values.get(key.name());
        String fromEnvironment = environment.get(key.environmentName());
        boolean commandLine = value != null && value.source().startsWith("--");
        return fromEnvironment == null || commandLine
                ? value
                : new Value(fromEnvironment, "environment " + key.environmentName());
    }
}
