package dev.whirl.cli.completion;

import dev.whirl.cli.command.CommandIndex;
import dev.whirl.cli.command.CommandIndex.Entry;
import dev.whirl.cli.command.DeclaredOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// All places in a command line at which something can be completed. Pure.
///
/// @param all the first is that of a line with no command yet
record Places(List<Place> all) {
    private static final Pattern ENTITY = Pattern.compile("\\b(ACTION|PACKAGE|TRIGGER|RULE)(?:_NAME)?\\b");
    private static final Pattern FILE = Pattern.compile("\\b(?:FILE|FOLDER)\\b");

    /// A word with what it means.
    record Word(String text, String meaning) {}

    /// What can follow some words.
    ///
    /// @param path the words, each after a slash
    /// @param words commands, or names of shells
    /// @param kinds of the entities whose names can follow: `actions`, `packages`, `triggers`, `rules`
    record Place(String path, List<Word> words, List<DeclaredOption> options, Set<String> kinds, boolean takesFiles) {
        /// The names of options that are followed by a value.
        String valued() {
            return options.stream()
                    .filter(option -> !option.label().isEmpty())
                    .flatMap(option -> option.names().stream())
                    .collect(Collectors.joining(" "));
        }
    }

    static Places of(CommandIndex index) {
        List<DeclaredOption> globals = index.globals();
        var all = new ArrayList<Place>();
        Stream<Word> groups = index.groups().stream().map(group -> new Word(group.name(), group.summary()));
        Stream<Word> plain = index.plain().stream().map(verb -> new Word(verb.name(), verb.summary()));
        all.add(new Place("", Stream.concat(groups, plain).toList(), globals, Set.of(), false));
        index.groups().forEach(group -> {
            List<Word> verbs = group.verbs().stream()
                    .map(verb -> new Word(verb.name(), verb.summary()))
                    .toList();
            all.add(new Place("/" + group.name(), verbs, globals, Set.of(), false));
        });
        index.entries().forEach(entry -> all.add(place(entry, globals)));
        return new Places(all);
    }

    /// All paths but the first, as alternatives of a shell's `case`.
    String paths(String separator) {
        return all.stream().skip(1).map(place -> "'" + place.path() + "'").collect(Collectors.joining(separator));
    }

    private static Place place(Entry entry, List<DeclaredOption> globals) {
        Set<String> kinds = new LinkedHashSet<>();
        ENTITY.matcher(entry.synopsis())
                .results()
                .forEach(match -> kinds.add(match.group(1).toLowerCase(Locale.ROOT) + "s"));
        if (entry.path().getLast().equals("create")) {
            kinds.remove(entry.path().getFirst() + "s"); // the name is a new one
        }
        List<Word> words = entry.path().equals(List.of("completion"))
                ? CompletionScripts.SHELLS.stream()
                        .map(shell -> new Word(shell, "script for " + shell))
                        .toList()
                : List.of();
        boolean takesFiles = FILE.matcher(entry.synopsis()).find();
        String path = "/" + String.join("/", entry.path());
        List<DeclaredOption> options =
                Stream.concat(entry.options().stream(), globals.stream()).toList();
        return new Place(path, words, options, kinds, takesFiles);
    }
}
