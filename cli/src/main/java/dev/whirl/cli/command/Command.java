package dev.whirl.cli.command;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// One command: it declares its options when it is made, and runs after they were read. For one use.
public abstract class Command {
    private final CommandSpec spec = CommandSpec.create();
    private final Options options = new Options(spec);
    private final PositionalParamSpec positionals = PositionalParamSpec.builder()
            .index("0..*")
            .arity("0..*")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .hidden(true)
            .build();

    /// @param synopsis of the arguments, such as `NAME [FILE]`
    /// @param summary one line
    /// @param examples whole command lines
    protected Command(String synopsis, String summary, String... examples) {
        spec.addPositional(positionals);
        Help.describe(spec, synopsis, summary, List.of(examples));
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
        List<String> given = positionals.getValue();
        List<String> arguments = given == null ? List.of() : new ArrayList<>(given);
        if (arguments.size() < min) {
            throw CliException.usage("Invalid argument(s). " + requirement);
        }
        if (arguments.size() > max) {
            String extra = String.join(", ", arguments.subList(max, arguments.size()));
            throw CliException.usage("Invalid argument(s): " + extra + ". " + requirement);
        }
        return arguments;
    }

    CommandSpec spec() {
        return spec;
    }
}
