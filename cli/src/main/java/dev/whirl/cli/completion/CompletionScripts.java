package dev.whirl.cli.completion;

import dev.whirl.cli.command.CommandIndex;
import dev.whirl.cli.command.DeclaredOption;
import dev.whirl.cli.completion.Places.Place;
import dev.whirl.cli.completion.Places.Word;
import java.util.List;
import java.util.stream.Collectors;

/// Writes the scripts with which shells complete `wsk`: groups, commands, options and files. They hold all these
/// words; only for the names of entities they start `wsk completion names`.
public final class CompletionScripts {
    /// The shells there are scripts for.
    public static final List<String> SHELLS = List.of("bash", "zsh", "fish");

    private final Places places;

    private CompletionScripts(Places places) {
        this.places = places;
    }

    public static String of(String shell, CommandIndex index) {
        var scripts = new CompletionScripts(Places.of(index));
        return switch (shell) {
            case "bash" -> scripts.bash();
            case "zsh" -> scripts.zsh();
            case "fish" -> scripts.fish();
            default -> throw new IllegalArgumentException("no completion for " + shell);
        };
    }

    /// What is no option comes first; options are for those who begin one, or where nothing else can follow.
    private String bash() {
        var cases = new StringBuilder();
        places.all().forEach(place -> {
            String words = place.words().stream().map(Word::text).collect(Collectors.joining(" "));
            cases.append("        '%s') words='%s' options='%s' valued=' %s ' %s;;%n"
                    .formatted(place.path(), words, options(place), place.valued(), more(place)));
        });
        return """
                # Completion of wsk for bash
                _wsk() {
                    local wsk=${1:-wsk} current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}
                    local path='' words='' options='' valued='' kinds='' files='' word i
                    for ((i = 1; i < COMP_CWORD; i++)); do
                        word=${COMP_WORDS[i]}
                        case "$path/$word" in
                            %s) path="$path/$word" ;;
                        esac
                    done
                    case "$path" in
                %s    esac
                    COMPREPLY=()
                    if [[ $valued == *" $previous "* ]]; then
                        COMPREPLY=($(compgen -f -- "$current"))
                        return
                    fi
                    if [[ $current != -* ]]; then
                        [[ -z $kinds ]] || words+=" $("$wsk" completion names $kinds 2>/dev/null)"
                        COMPREPLY=($(compgen -W "$words" -- "$current"))
                        [[ -z $files ]] || COMPREPLY+=($(compgen -f -- "$current"))
                    fi
                    if [[ ${#COMPREPLY[@]} -eq 0 ]]; then
                        COMPREPLY=($(compgen -W "$options" -- "$current"))
                    fi
                }
                complete -o filenames -F _wsk wsk
                """.formatted(places.paths("|"), cases);
    }

    private String zsh() {
        var cases = new StringBuilder();
        places.all()
                .forEach(place -> cases.append("        '%s') commands=(%s) options=(%s) valued=' %s ' %s;;%n"
                        .formatted(
                                place.path(),
                                described(place.words()),
                                describedOptions(place),
                                place.valued(),
                                more(place))));
        return """
                #compdef wsk
                # Completion of wsk for zsh
                _wsk() {
                    local -a commands options names
                    local place='' valued='' kinds='' files='' word
                    for word in ${words[2,CURRENT-1]}; do
                        case "$place/$word" in
                            %s) place="$place/$word" ;;
                        esac
                    done
                    case "$place" in
                %s    esac
                    if [[ $valued == *" ${words[CURRENT-1]} "* ]]; then
                        _files
                        return
                    fi
                    if [[ ${words[CURRENT]} != -* ]]; then
                        (( $#commands )) && _describe -t commands 'wsk command' commands
                        [[ -n $kinds ]] && names=(${(f)"$(${words[1]} completion names ${=kinds} 2>/dev/null)"})
                        (( $#names )) && compadd -a names
                        [[ -n $files ]] && _files
                        (( $#commands + $#names )) && return
                        [[ -n $files ]] && return
                    fi
                    _describe -o -t options 'wsk option' options
                }
                if [[ $funcstack[1] == _wsk ]]; then _wsk "$@"; else compdef _wsk wsk; fi
                """.formatted(places.paths("|"), cases);
    }

    private String fish() {
        var lines = new StringBuilder();
        places.all().forEach(place -> {
            String at = "complete -c wsk -n '__wsk_at \"%s\"'".formatted(place.path());
            place.words()
                    .forEach(word ->
                            lines.append("%s -a %s -d '%s'%n".formatted(at, word.text(), escaped(word.meaning()))));
            if (!place.kinds().isEmpty()) {
                lines.append("%s -a '(wsk completion names %s 2>/dev/null)'%n"
                        .formatted(at, String.join(" ", place.kinds())));
            }
            if (place.takesFiles()) {
                lines.append("%s -F%n".formatted(at));
            }
            place.options()
                    .forEach(option ->
                            lines.append("%s%s -d '%s'%n".formatted(at, fish(option), escaped(option.description()))));
        });
        return """
                # Completion of wsk for fish
                function __wsk_at
                    set -l path ''
                    for word in (commandline -opc)[2..-1]
                        switch "$path/$word"
                            case %s
                                set path "$path/$word"
                        end
                    end
                    test "$path" = "$argv[1]"
                end
                complete -c wsk -f
                """.formatted(places.paths(" ")) + lines;
    }

    private static String fish(DeclaredOption option) {
        String names = option.names().stream()
                .map(name -> name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1))
                .collect(Collectors.joining());
        return names + (option.label().isEmpty() ? "" : option.label().contains("FILE") ? " -r -F" : " -r -f");
    }

    private static String options(Place place) {
        return place.options().stream().map(DeclaredOption::longestName).collect(Collectors.joining(" "));
    }

    /// Variables that are set only where they say something.
    private static String more(Place place) {
        return (place.kinds().isEmpty() ? "" : "kinds='" + String.join(" ", place.kinds()) + "' ")
                + (place.takesFiles() ? "files=yes " : "");
    }

    private static String describedOptions(Place place) {
        return described(place.options().stream()
                .map(option -> new Word(option.longestName(), option.description()))
                .toList());
    }

    private static String described(List<Word> words) {
        return words.stream()
                .map(word -> "'" + escaped(word.text().replace(":", "\\:")) + ":" + escaped(word.meaning()) + "'")
                .collect(Collectors.joining(" "));
    }

    private static String escaped(String text) {
        return text.replace("'", "'\\''");
    }
}
