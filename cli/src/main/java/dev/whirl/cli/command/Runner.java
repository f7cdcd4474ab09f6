package dev.whirl.cli.command;

import dev.whirl.cli.command.LineParser.Parsed;
import dev.whirl.client.ClientException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.InvalidPathException;
import java.util.List;

/// Runs one command line: reads it, runs its command, tells what went wrong.
public final class Runner {
    private final Surroundings surroundings;
    private final Commands commands;

    public Runner(Surroundings surroundings, Commands commands) {
        this.surroundings = surroundings;
        this.commands = commands;
    }

    /// @return the exit code
    public int run(List<String> line) {
        if (line.equals(List.of("--version"))) {
            surroundings.out().line("wsk (Whirl) " + CliVersion.read());
            return ExitCodes.OK;
        }
        var globals = new GlobalOptions();
        try {
            return run(line, globals);
        } catch (CliException e) {
            tell(e, globals);
            return e.exitCode();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return ExitCodes.GENERAL;
        } catch (InvalidPathException e) {
            return run(
                    CliException.usage(
                            "'%s' cannot be the name of a file here: %s".formatted(e.getInput(), e.getReason())),
                    globals);
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
        Parsed parsed = new LineParser(commands, globals).parse(line);
        Command command = parsed.command();
        if (command == null || parsed.asksForHelp()) {
            new Help(commands, surroundings.out()).print(parsed);
            return ExitCodes.OK;
        }
        try (var session = new Session(surroundings, globals, new CommandIndex(commands))) {
            return run(command, session);
        }
    }

    private static int run(Command command, Session session) throws InterruptedException {
        try {
            return command.run(session);
        } catch (ClientException e) {
            throw session.failed("The command failed", e);
        }
    }

    private void tell(CliException failure, GlobalOptions globals) {
        failure.tell(surroundings.err());
        trace(failure, globals);
    }

    private void trace(Throwable failure, GlobalOptions globals) {
        if (globals.isDebug()) {
            var trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            surroundings.err().text(trace.toString());
        }
    }
}
