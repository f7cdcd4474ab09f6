package dev.whirl.cli.command;

import java.util.ArrayList;
import java.util.List;

/// One command: it declares its options when it is made, and runs after they were read. For one use.
public abstract class Command {
    private final Options options = new Options();
    private final List<String> words = new ArrayList<>();
    private final String synopsis;
    private final String summary;
    private final List<String> examples;

    /// @param synopsis of the arguments, such as `NAME [FILE]`
    /// @param summary one line
    /// @param examples whole command lines
    protected Command(String synopsis, String summary, String... examples) {
        this.synopsis = synopsis;
        this.summary = summary;
        this.examples = List.of(examples);
    }

    /// Does it.
    ///
    /// @return the exit code
    /// @throws CliException to end with a message
    public abstract int run(Session session) throws InterruptedException;

    /// To declare options with, in the constructor.
    protected final Options options() {
        return options;
    }

    /// The arguments that are not options, if their number is right.
    ///
    /// @param requirement what is wanted, as a sentence
    protected final List<String> arguments(int min, int max, String requirement) {
        if (words.size() < min) {
            throw CliException.usage("Invalid argument(s). " + requirement);
        }
        if (words.size() > max) {
            String extra = String.join(", ", words.subList(max, words.size()));
            throw CliException.usage("Invalid argument(s): " + extra + ". " + requirement);
        }
        return List.copyOf(words);
    }

    /// A word of the command line that is no option.
    void addArgument(String word) {
        words.add(word);
    }

    String synopsis() {
        return synopsis;
    }

    String summary() {
        return summary;
    }

    List<String> examples() {
        return examples;
    }
}
