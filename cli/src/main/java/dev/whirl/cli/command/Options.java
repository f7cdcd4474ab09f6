package dev.whirl.cli.command;

import dev.whirl.cli.command.DeclaredOption.Takes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The options of a command: declared once, read after parsing.
public final class Options {
    private final List<DeclaredOption> declared = new ArrayList<>();

    Options() {}

    /// An option without a value.
    public Flag flag(String description, String... names) {
        return new Flag(declare(Takes.NOTHING, "", description, _ -> {}, names));
    }

    /// An option with text.
    public TextOption text(String label, String description, String... names) {
        return new TextOption(declare(Takes.TEXT, label, description, _ -> {}, names));
    }

    /// An option with text that may be repeated.
    public TextsOption texts(String label, String description, String... names) {
        return new TextsOption(declare(Takes.TEXT, label, description, _ -> {}, names));
    }

    /// An option with a whole number.
    public NumberOption number(String label, String description, String... names) {
        return new NumberOption(declare(Takes.NUMBER, label, description, _ -> {}, names));
    }

    /// An option whose uses are told one by one.
    DeclaredOption declare(
            Takes takes, String label, String description, Consumer<List<String>> taker, String... names) {
        var option = new DeclaredOption(List.of(names), takes, label, description, taker);
        declared.add(option);
        return option;
    }

    List<DeclaredOption> all() {
        return List.copyOf(declared);
    }

    Optional<DeclaredOption> find(String name) {
        return declared.stream().filter(option -> option.names().contains(name)).findFirst();
    }

    /// Reads an option without a value.
    public record Flag(DeclaredOption option) {
        public boolean isSet() {
            return option.isUsed();
        }
    }

    /// Reads an option with text; of several uses the last counts.
    public record TextOption(DeclaredOption option) {
        public @Nullable String value() {
            return option.isUsed() ? option.last() : null;
        }

        public boolean isSet() {
            return option.isUsed();
        }

        public String or(String otherwise) {
            return option.isUsed() ? option.last() : otherwise;
        }
    }

    /// Reads an option with text that may be repeated.
    public record TextsOption(DeclaredOption option) {
        public List<String> values() {
            return option.uses().stream().map(List::getFirst).toList();
        }
    }

    /// Reads an option with a whole number; of several uses the last counts.
    public record NumberOption(DeclaredOption option) {
        public @Nullable Long value() {
            return option.isUsed() ? Long.valueOf(option.last()) : null;
        }

        public long or(long otherwise) {
            return option.isUsed() ? Long.parseLong(option.last()) : otherwise;
        }
    }
}
