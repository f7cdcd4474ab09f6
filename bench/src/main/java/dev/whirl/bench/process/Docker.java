package dev.whirl.bench.process;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The program `docker` with the engine behind a socket.
public record Docker(String socket) {
    private static final Duration LONGEST = Duration.ofMinutes(1);

    /// Runs a command: what it printed on its standard output, without blanks around it.
    ///
    /// @throws IOException with what it complained of, if it failed or did not end
    public String run(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("docker", "--host", "unix://" + socket));
        command.addAll(List.of(arguments));
        Program.End end = Program.run(command, LONGEST)
                .orElseThrow(() -> new IOException("docker %s did not end".formatted(arguments[0])));
        if (end.code() != 0) {
            throw new IOException("docker %s: %s".formatted(arguments[0], end.complaint()));
        }
        return end.said();
    }

    /// What is known of a container, by a template.
    public String inspect(String container, String template) throws IOException, InterruptedException {
        return run("inspect", "--format", template, container);
    }
}
