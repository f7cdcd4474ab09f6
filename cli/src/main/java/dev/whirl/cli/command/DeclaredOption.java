package dev.whirl.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// An option that a command declared, and each use of it in the command line.
public final class DeclaredOption {
    private final List<String> names;
    private final Takes takes;
    private final String label;
    private final String description;
    private final Consumer<List<String>> taker;
    private final List<List<String>> uses = new ArrayList<>();

    /// What follows the name of an option.
    public enum Takes {
        NOTHING(0),
        TEXT(1),
        FILE(1),
        NUMBER(1),
        PAIR(2);

        private final int words;

        Takes(int words) {
            this.words = words;
        }

        int words() {
            return words;
        }
    }

    /// @param names short ones first, with their dashes
    /// @param label of what it takes, for the help
    /// @param taker is given the words of each use
    DeclaredOption(List<String> names, Takes takes, String label, String description, Consumer<List<String>> taker) {
        this.names = List.copyOf(names);
        this.takes = takes;
        this.label = takes == Takes.NOTHING ? "" : label;
        this.description = description;
        this.taker = taker;
    }

    public List<String> names() {
        return names;
    }

    /// The name with two dashes, if it has one.
    public String longestName() {
        return names.getLast();
    }

    public String label() {
        return label;
    }

    public String description() {
        return description;
    }

    Takes takes() {
        return takes;
    }

    boolean isUsed() {
        return !uses.isEmpty();
    }

    /// The words of each use.
    List<List<String>> uses() {
        return List.copyOf(uses);
    }

    /// The word of the last use.
    String last() {
        return uses.getLast().getFirst();
    }

    /// Takes what the command line gives it.
    ///
    /// @throws CliException if it cannot be that
    void take(List<String> words) {
        if (takes == Takes.NUMBER) {
            requireWhole(words.getFirst());
        }
        uses.add(List.copyOf(words));
        taker.accept(words);
    }

    private void requireWhole(String word) {
        try {
            Long.parseLong(word);
        } catch (NumberFormatException _) {
            throw CliException.misunderstood(
                    "Invalid value for option '%s': '%s' is not a whole number".formatted(longestName(), word));
        }
    }
}
