package dev.whirl.cli;

import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Runner;
import dev.whirl.cli.command.Surroundings;
import dev.whirl.cli.command.Surroundings.Place;
import dev.whirl.cli.output.Terminal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// Starts the command line of this process. The launcher says in the property `wsk.terminals` which of `out` and
/// `err` are terminals: finding out in Java costs more than the rest of the start. It ends by halting: no hook is
/// left to run, and `System.exit` would start the logging system.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        // a proxy that HTTPS_PROXY names with a password is to be given it
        System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
        var out = new StandardStream(new FileOutputStream(FileDescriptor.out));
        Surroundings surroundings = surroundings(System.getenv(), System.getProperty("wsk.terminals", ""), out);
        int exitCode = run(surroundings, List.of(arguments));
        surroundings.out().stream().flush();
        if (out.failure().isPresent() && exitCode == ExitCodes.OK) {
            surroundings
                    .err()
                    .error("Unable to write to standard output: "
                            + out.failure().get());
            exitCode = ExitCodes.GENERAL;
        }
        surroundings.err().stream().flush();
        Runtime.getRuntime().halt(exitCode);
    }

    private static int run(Surroundings surroundings, List<String> arguments) {
        String program = System.getProperty("wsk.program", "wsk");
        if (program.equals(ProgramNames.DEPLOY)) {
            OptionalInt exitCode = new DeployProgram(surroundings).run(arguments);
            if (exitCode.isPresent()) {
                return exitCode.getAsInt();
            }
        }
        return new Runner(surroundings, Groups.all()).run(ProgramNames.asWsk(program, arguments));
    }

    /// What this process offers to a command.
    ///
    /// @param terminals which of `out` and `err` are some
    /// @param standardOutput that the process writes to
    static Surroundings surroundings(Map<String, String> environment, String terminals, OutputStream standardOutput) {
        Terminal out = Terminal.of(stream(standardOutput), terminals.contains("out"), environment);
        Terminal err =
                Terminal.of(stream(new FileOutputStream(FileDescriptor.err)), terminals.contains("err"), environment);
        String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
        var place = new Place(InstantSource.system(), ZoneId::systemDefault, new ProcessInterrupts());
        return new Surroundings(environment, Path.of(home), Path.of(""), out, err, place);
    }

    private static PrintStream stream(OutputStream bytes) {
        return new PrintStream(bytes, false, StandardCharsets.UTF_8);
    }
}
