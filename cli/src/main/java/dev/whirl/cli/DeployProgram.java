package dev.whirl.cli;

import dev.whirl.cli.command.CliVersion;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Nearest;
import dev.whirl.cli.command.Surroundings;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What `wskdeploy` says as a program of its own; all else is `wsk project` (row L-42).
record DeployProgram(Surroundings surroundings) {
    /// @param line what follows the name of the program
    /// @return the exit code; empty if the line is one for `wsk project`
    OptionalInt run(List<String> line) {
        if (ProgramNames.asksForHelp(line)) {
            new DeployHelp(surroundings.out()).print();
            return OptionalInt.of(ExitCodes.OK);
        }
        if (ProgramNames.asksForVersion(line)) {
            surroundings.out().line(ProgramNames.DEPLOY + " (Whirl) " + CliVersion.read());
            return OptionalInt.of(ExitCodes.OK);
        }
        Optional<String> unknown = ProgramNames.unknownCommand(line);
        unknown.ifPresent(this::tellUnknown);
        return unknown.isPresent() ? OptionalInt.of(ExitCodes.GENERAL) : OptionalInt.empty();
    }

    private void tellUnknown(String word) {
        String question = Nearest.question(Nearest.names(word, ProgramNames.COMMANDS));
        surroundings
                .err()
                .error("unknown command \"%s\" for \"%s\"%s"
                        .formatted(word, ProgramNames.DEPLOY, question.isEmpty() ? "" : "; " + question));
        surroundings.err().line("Run '%s --help' for usage.".formatted(ProgramNames.DEPLOY));
    }
}
