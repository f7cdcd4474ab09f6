package dev.whirl.cli.command;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// The options of a command: declared once, read after parsing.
public final class Options {
    private final CommandSpec spec;

    Options(CommandSpec spec) {
        this.spec = spec;
    }

    /// An option without a value.
    public Flag flag(String description, String... names) {
        return new Flag(add(boolean.class, "0", "", description, names));
    }

    /// An option with text.
    public TextOption text(String label, String description, String... names) {
        return new TextOption(add(String.class, "1", label, description, names));
    }

    /// An option with text that may be repeated.
    public TextsOption texts(String label, String description, String... names) {
        OptionSpec option = OptionSpec.builder(names)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .paramLabel(label)
                .description(description)
                .build();
        spec.addOption(option);
        return new TextsOption(option);
    }

    /// An option with a whole number.
    public NumberOption number(String label, String description, String... names) {
        return new NumberOption(add(Long.class, "1", label, description, names));
    }

    CommandSpec spec() {
        return spec;
    }

    private OptionSpec add(Class<?> type, String arity, String label, String description, String... names) {
        OptionSpec option = OptionSpec.builder(names)
                .type(type)
                .arity(arity)
                .paramLabel(label)
                .description(description)
                .build();
        spec.addOption(option);
        return option;
    }

    /// Reads an option without a value.
    public record Flag(OptionSpec option) {
        public boolean isSet() {
            return Boolean.TRUE.equals(option.getValue());
        }
    }

    /// Reads an option with text.
    public record TextOption(OptionSpec option) {
        public @Nullable String value() {
            return option.getValue();
        }

        public boolean isSet() {
            return value() != null;
        }

        public String or(String otherwise) {
            String value = value();
            return value == null ? otherwise : value;
        }
    }

    /// Reads an option with text that may be repeated.
    public record TextsOption(OptionSpec option) {
        public List<String> values() {
            List<String> values = option.getValue();
            return values == null ? List.of() : List.copyOf(values);
        }
    }

    /// Reads an option with a whole number.
    public record NumberOption(OptionSpec option) {
        public @Nullable Long value() {
            return option.getValue();
        }

        public long or(long otherwise) {
            Long value = value();
            return value == null ? otherwise : value;
        }
    }
}
