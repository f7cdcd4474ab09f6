package dev.whirl.bench.process;

import static dev.whirl.common.Preconditions.require;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How a server is started: the command of its process, and settings `key=value` for it.
public record ServerCommand(List<String> command, List<String> settings) {
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

    public ServerCommand {
        require(!command.isEmpty(), "the server's command is empty");
        command = List.copyOf(command);
        settings = List.copyOf(settings);
    }

    /// Splits a command line at spaces; quotation marks keep a word with spaces together.
    public static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(line);
        while (matcher.find()) {
            words.add(firstGroup(matcher));
        }
        return words;
    }

    /// The whole command line of a server on a port and a data folder.
    List<String> on(int port, Path data) {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of("--port", Integer.toString(port), "--data", data.toString()));
        settings.forEach(setting -> all.addAll(List.of("--set", setting)));
        return all;
    }

    private static String firstGroup(Matcher matcher) {
        for (int i = 1; i < matcher.groupCount(); i++) {
            if (matcher.group(i) != null) {
                return matcher.group(i);
            }
        }
        return matcher.group(matcher.groupCount());
    }
}
