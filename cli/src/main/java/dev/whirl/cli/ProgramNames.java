package dev.whirl.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Other names that this program answers to. `wskdeploy` is `wsk project` with options of its own (row L-42). Pure.
final class ProgramNames {
    static final String DEPLOY = "wskdeploy";

    private static final String HELP = "help";
    private static final String VERSION = "version";

    private static final Map<String, String> SHORT_OPTIONS = Map.ofEntries(
            Map.entry("-p", "--project"),
            Map.entry("-m", "--manifest"),
            Map.entry("-d", "--deployment"),
            Map.entry("-s", "--strict"),
            Map.entry("-i", "--preview"),
            Map.entry("-k", "--key"),
            Map.entry("-c", "--cert"),
            Map.entry("-t", "--debug"),
            Map.entry("--trace", "--debug"),
            Map.entry("-P", "--param-file"));
    static final Set<String> COMMANDS = Set.of("deploy", "undeploy", "sync", "export");

    private static final Set<String> FLAGS = Set.of(
            "-s",
            "--strict",
            "-i",
            "--preview",
            "-v",
            "--verbose",
            "-t",
            "--trace",
            "--debug",
            "--insecure",
            "--overwrite",
            "--managed",
            "--version",
            "-h",
            "--help");

    private ProgramNames() {}

    /// The command line of `wsk` that means the same.
    ///
    /// @param program the name that it was called by
    static List<String> asWsk(String program, List<String> line) {
        if (!program.equals(DEPLOY)) {
            return line;
        }
        var words = new ArrayList<String>();
        String command = line.contains("--managed") ? "sync" : "deploy";
        int values = 0;
        for (String word : parted(line)) {
            if (values > 0) {
                values--;
                words.add(word);
            } else if (COMMANDS.contains(word)) {
                command = word;
            } else if (word.equals(HELP)) {
                words.add("--help");
            } else if (!word.equals("--managed")) {
                words.add(SHORT_OPTIONS.getOrDefault(word, word));
                values = values(word);
            }
        }
        words.addFirst(command);
        words.addFirst("project");
        return words;
    }

    /// Whether the stand-alone program is asked which version it is.
    static boolean asksForVersion(List<String> line) {
        List<String> words = withoutValues(line);
        boolean isCommand = words.stream()
                .filter(each -> !each.startsWith("-"))
                .findFirst()
                .filter(VERSION::equals)
                .isPresent();
        return isCommand || words.contains("--version");
    }

    /// The first word that would have to be a command of the stand-alone program, and is none.
    static Optional<String> unknownCommand(List<String> line) {
        return withoutValues(line).stream()
                .filter(each -> !each.startsWith("-") && !COMMANDS.contains(each) && !each.equals(HELP))
                .findFirst();
    }

    /// Whether the stand-alone program is asked what it can do, and not about one of its commands.
    static boolean asksForHelp(List<String> line) {
        List<String> words = withoutValues(line);
        return words.stream().noneMatch(COMMANDS::contains)
                && words.stream().anyMatch(List.of("-h", "--help", HELP)::contains);
    }

    /// The options and commands of a line.
    private static List<String> withoutValues(List<String> line) {
        var words = new ArrayList<String>();
        int values = 0;
        for (String word : parted(line)) {
            if (values > 0) {
                values--;
            } else {
                words.add(word);
                values = values(word);
            }
        }
        return words;
    }

    /// The short name of an option there: one of its own, or the one of `wsk` if that means nothing else.
    ///
    /// @param names of the option of `wsk`
    static Optional<String> shortName(List<String> names) {
        Stream<String> own = SHORT_OPTIONS.entrySet().stream()
                .filter(each -> each.getValue().equals(names.getLast()))
                .map(Map.Entry::getKey);
        Stream<String> ofWsk = names.stream().filter(each -> !SHORT_OPTIONS.containsKey(each));
        return Stream.concat(own, ofWsk).filter(each -> !each.startsWith("--")).findFirst();
    }

    /// The line with every short option in a word of its own: `-si` is `-s -i`, and `-pshop` and
    /// `-p=shop` are `-p shop`.
    private static List<String> parted(List<String> line) {
        var words = new ArrayList<String>();
        int values = 0;
        for (String word : line) {
            if (values > 0) {
                values--;
                words.add(word);
            } else {
                values = part(word, words);
            }
        }
        return words;
    }

    /// @param parts is given the options in the word, and a value that is attached to the last one
    /// @return how many words after it belong to the last one
    private static int part(String word, List<String> parts) {
        String rest = word;
        while (isBundle(rest) && FLAGS.contains(rest.substring(0, 2))) {
            parts.add(rest.substring(0, 2));
            rest = "-" + rest.substring(2);
        }
        if (!isBundle(rest)) {
            parts.add(rest);
            return values(rest);
        }
        parts.add(rest.substring(0, 2));
        parts.add(rest.substring(rest.charAt(2) == '=' ? 3 : 2));
        return 0;
    }

    /// Whether a short option has something attached.
    private static boolean isBundle(String word) {
        return word.length() > 2 && word.startsWith("-") && !word.startsWith("--");
    }

    /// How many words after an option belong to it.
    private static int values(String word) {
        if (!word.startsWith("-") || word.contains("=") || FLAGS.contains(word)) {
            return 0;
        }
        return word.equals("--param") ? 2 : 1;
    }
}
