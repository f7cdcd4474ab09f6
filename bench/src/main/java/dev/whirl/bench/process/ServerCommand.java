package dev.whirl.bench.process;

import static dev.whirl.common.Preconditions.require;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How a server is started: the command of its process, and settings `key=value` for it.
public record ServerCommand(List<String> command, List<String> settings) {
    private static final String GATEWAY = "gateway";
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

    /// How the gateway of the same distribution is started, before a server that is there.
    ///
    /// @param settings of the gateway
    /// @throws IllegalArgumentException if the command is not one of a distribution, which ends in `up`
    public ServerCommand asGateway(List<String> settings) {
        require(command.getLast().equals("up"), "a gateway is started by a command that ends in 'up', not %s", command);
        List<String> words = new ArrayList<>(command.subList(0, command.size() - 1));
        words.add(GATEWAY);
        return new ServerCommand(words, settings);
    }

    /// The whole command line of a server on a port and a data folder, which a gateway has none of.
    List<String> on(int port, Path data) {
        List<String> all = new ArrayList<>(command);
        all.addAll(
                command.getLast().equals(GATEWAY)
                        ? List.of("--set", "http.port=" + port)
                        : List.of("--port", Integer.toString(port), "--data", data.toString()));
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
