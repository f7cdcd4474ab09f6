package dev.whirl.cli.command;

import dev.whirl.client.ClientException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Runs one command line: reads it, runs its command, tells what went wrong.
public final class Runner {
    private final Surroundings surroundings;
    private final List<CommandGroup> groups;
    private final List<CommandGroup.Verb> plain;

    public Runner(Surroundings surroundings, List<CommandGroup> groups, List<CommandGroup.Verb> plain) {
        this.surroundings = surroundings;
        this.groups = groups;
        this.plain = plain;
    }

    /// @return the exit code
    public int run(List<String> line) {
        var globals = new GlobalOptions();
        try {
            return run(line, globals);
        } catch (CliException e) {
            tell(e, globals);
            return e.exitCode();
        } catch (ClientException e) {
            return run(CliException.failed("The command failed", e), globals);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return ExitCodes.GENERAL;
        } catch (OutOfMemoryError _) {
            surroundings.err().error("What is sent or received is too large for the memory of this command.");
            return ExitCodes.GENERAL;
        } catch (RuntimeException e) {
            surroundings.err().error("Application exited unexpectedly: " + e);
            surroundings.err().line("With --debug it says more. Please report it.");
            trace(e, globals);
            return ExitCodes.GENERAL;
        }
    }

    private int run(CliException failure, GlobalOptions globals) {
        tell(failure, globals);
        return failure.exitCode();
    }

    private int run(List<String> line, GlobalOptions globals) throws InterruptedException {
        var tree = new CommandTree(groups, plain, line, globals);
        CommandLine chosen = chosen(tree.build(), line);
        Optional<Command> command = tree.commandOf(chosen.getCommandSpec());
        if (command.isEmpty() || chosen.getParseResult().isUsageHelpRequested()) {
            Help.print(chosen, surroundings.out().stream(), surroundings.out().isColoured());
            return ExitCodes.OK;
        }
        try (var session = new Session(surroundings, globals)) {
            return command.get().run(session);
        }
    }

    private static CommandLine chosen(CommandLine root, List<String> line) {
        try {
            var parsed = root.parseArgs(line.toArray(String[]::new));
            var commands = parsed.asCommandLineList();
            return commands.getLast();
        } catch (ParameterException e) {
            throw CliException.usage(reason(e));
        }
    }

    private static String reason(ParameterException e) {
        if (!(e instanceof UnmatchedArgumentException unmatched)
                || unmatched.getUnmatched().isEmpty()) {
            return String.valueOf(e.getMessage());
        }
        String word = unmatched.getUnmatched().getFirst();
        if (word.startsWith("-")) {
            return "unknown flag: " + word;
        }
        var names = e.getCommandLine().getSubcommands().keySet();
        String advice = Nearest.question(Nearest.names(word, names));
        return "unknown command \"%s\" for \"%s\"%s"
                .formatted(
                        word,
                        e.getCommandLine().getCommandSpec().qualifiedName(" "),
                        advice.isEmpty() ? "" : "; " + advice);
    }

    private void tell(CliException failure, GlobalOptions globals) {
        surroundings.err().error(String.valueOf(failure.getMessage()));
        failure.hints().forEach(surroundings.err()::line);
        trace(failure, globals);
    }

    private void trace(Throwable failure, GlobalOptions globals) {
        if (globals.isDebug()) {
            failure.printStackTrace(surroundings.err().stream());
        }
    }
}
