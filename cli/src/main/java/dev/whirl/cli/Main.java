package dev.whirl.cli;

import dev.whirl.cli.command.Runner;
import dev.whirl.cli.command.Surroundings;
import dev.whirl.cli.command.Surroundings.Place;
import dev.whirl.cli.output.Terminal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/// Starts the command line of this process. The launcher says in the property `wsk.terminals` which of `out` and
/// `err` are terminals: finding out in Java costs more than the rest of the start. It ends by halting: no hook is
/// left to run, and `System.exit` would start the logging system.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        Surroundings surroundings = surroundings(System.getenv());
        List<String> line = ProgramNames.asWsk(System.getProperty("wsk.program", "wsk"), List.of(arguments));
        int exitCode = new Runner(surroundings, Groups.all()).run(line);
        surroundings.out().stream().flush();
        surroundings.err().stream().flush();
        Runtime.getRuntime().halt(exitCode);
    }

    /// What this process offers to a command.
    static Surroundings surroundings(Map<String, String> environment) {
        String terminals = System.getProperty("wsk.terminals", "");
        boolean mayColour = environment.getOrDefault("NO_COLOR", "").isEmpty();
        Terminal out = terminal(FileDescriptor.out, terminals.contains("out"), mayColour);
        Terminal err = terminal(FileDescriptor.err, terminals.contains("err"), mayColour);
        String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
        var place = new Place(InstantSource.system(), ZoneId::systemDefault, new ProcessInterrupts());
        return new Surroundings(environment, Path.of(home), Path.of(""), out, err, place);
    }

    private static Terminal terminal(FileDescriptor descriptor, boolean isTerminal, boolean mayColour) {
        var stream = new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
        return new Terminal(stream, isTerminal, isTerminal && mayColour);
    }
}
