package dev.whirl.cli.completion;

import dev.whirl.cli.command.CommandIndex;
import dev.whirl.cli.command.CommandIndex.Entry;
import dev.whirl.cli.command.DeclaredOption;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Writes the scripts with which shells complete `wsk`: groups, commands, options and files. They hold all the
/// words and start no `wsk`.
public final class CompletionScripts {
    /// The shells there are scripts for.
    public static final List<String> SHELLS = List.of("bash", "zsh", "fish");

    private final CommandIndex index;
    private final List<Entry> entries;

    private CompletionScripts(CommandIndex index) {
        this.index = index;
        this.entries = index.entries();
    }

    public static String of(String shell, CommandIndex index) {
        var scripts = new CompletionScripts(index);
        return switch (shell) {
            case "bash" -> scripts.bash();
            case "zsh" -> scripts.zsh();
            case "fish" -> scripts.fish();
            default -> throw new IllegalArgumentException("no completion for " + shell);
        };
    }

    /// A word with what it means.
    private record Word(String text, String meaning) {}

    private String bash() {
        var cases = new StringBuilder();
        places().forEach(place -> cases.append("        '%s') words='%s' ;;%n"
                .formatted(place.path(), place.words().stream().map(Word::text).collect(Collectors.joining(" ")))));
        return """
                # Completion of wsk for bash
                _wsk() {
                    local current=${COMP_WORDS[COMP_CWORD]} path='' words='' word i
                    for ((i = 1; i < COMP_CWORD; i++)); do
                        word=${COMP_WORDS[i]}
                        case "$path/$word" in
                            %s) path="$path/$word" ;;
                        esac
                    done
                    case "$path" in
                %s    esac
                    COMPREPLY=($(compgen -W "$words" -- "$current"))
                    if [[ $current != -* && $path == /*/* ]]; then
                        COMPREPLY+=($(compgen -f -- "$current"))
                    fi
                }
                complete -o filenames -F _wsk wsk
                """.formatted(paths(), cases);
    }

    private String zsh() {
        var cases = new StringBuilder();
        places().forEach(place -> {
            String words = place.words().stream()
                    .map(word -> "'" + escaped(word.text().replace(":", "\\:")) + ":" + escaped(word.meaning()) + "'")
                    .collect(Collectors.joining(" "));
            cases.append("        '%s') entries=(%s) ;;%n".formatted(place.path(), words));
        });
        return """
                #compdef wsk
                # Completion of wsk for zsh
                _wsk() {
                    local -a entries
                    local place='' word
                    for word in ${words[2,CURRENT-1]}; do
                        case "$place/$word" in
                            %s) place="$place/$word" ;;
                        esac
                    done
                    case "$place" in
                %s    esac
                    _describe -t commands wsk entries
                    [[ $place == /*/* ]] && _files
                }
                if [[ $funcstack[1] == _wsk ]]; then _wsk "$@"; else compdef _wsk wsk; fi
                """.formatted(paths(), cases);
    }

    private String fish() {
        var lines = new StringBuilder("# Completion of wsk for fish\n");
        first().forEach(word -> lines.append("complete -c wsk -n __fish_use_subcommand -a %s -d '%s'%n"
                .formatted(word.text(), escaped(word.meaning()))));
        index.groups().forEach(group -> {
            String verbs = group.verbs().stream().map(verb -> verb.name()).collect(Collectors.joining(" "));
            group.verbs()
                    .forEach(verb -> lines.append(
                            "complete -c wsk -n '__fish_seen_subcommand_from %s; and not __fish_seen_subcommand_from %s' -a %s -d '%s'%n"
                                    .formatted(group.name(), verbs, verb.name(), escaped(verb.summary()))));
        });
        entries.forEach(entry -> entry.options().forEach(option -> lines.append(fish(entry, option))));
        index.globals()
                .forEach(option -> lines.append(
                        "complete -c wsk%s -d '%s'%n".formatted(fish(option), escaped(option.description()))));
        return lines.toString();
    }

    private static String fish(Entry entry, DeclaredOption option) {
        String condition = entry.path().stream()
                .map(word -> "__fish_seen_subcommand_from " + word)
                .collect(Collectors.joining("; and "));
        return "complete -c wsk -n '%s'%s -d '%s'%n".formatted(condition, fish(option), escaped(option.description()));
    }

    private static String fish(DeclaredOption option) {
        String names = option.names().stream()
                .map(name -> name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1))
                .collect(Collectors.joining());
        return names + (option.label().isEmpty() ? "" : " -r");
    }

    /// What can follow some words.
    ///
    /// @param path the words, each after a slash
    private record Place(String path, List<Word> words) {}

    private List<Place> places() {
        var first = new Place(
                "",
                Stream.concat(first().stream(), words(index.globals()).stream()).toList());
        Stream<Place> groups = index.groups().stream()
                .map(group -> new Place(
                        "/" + group.name(),
                        group.verbs().stream()
                                .map(verb -> new Word(verb.name(), verb.summary()))
                                .toList()));
        Stream<Place> commands = entries.stream()
                .map(entry -> new Place(
                        "/" + String.join("/", entry.path()),
                        Stream.concat(words(entry.options()).stream(), words(index.globals()).stream())
                                .toList()));
        return Stream.concat(Stream.of(first), Stream.concat(groups, commands)).toList();
    }

    private List<Word> first() {
        Stream<Word> groups = index.groups().stream().map(group -> new Word(group.name(), group.summary()));
        return Stream.concat(groups, index.plain().stream().map(verb -> new Word(verb.name(), verb.summary())))
                .toList();
    }

    /// All places but the first, as alternatives of a shell's `case`.
    private String paths() {
        return places().stream()
                .map(Place::path)
                .filter(path -> !path.isEmpty())
                .collect(Collectors.joining("|"));
    }

    private static List<Word> words(List<DeclaredOption> options) {
        return options.stream()
                .map(option -> new Word(option.longestName(), option.description()))
                .toList();
    }

    private static String escaped(String text) {
        return text.replace("'", "'\\''");
    }
}
