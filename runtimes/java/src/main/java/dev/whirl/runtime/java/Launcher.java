package dev.whirl.runtime.java;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/// Connects to the server and answers its requests until it is gone.
public final class Launcher {
    private Launcher() {}

    /// Needs the path of the server's socket in `WHIRL_SOCKET`.
    public static void main(String[] arguments) throws IOException {
        var environment = new Environment();
        Path socket = Path.of(environment.take("WHIRL_SOCKET"));
        try (var wire = Wire.connect(socket)) {
            var output = MarkedOutput.capture();
            wire.ready("{\"runtime\":\"java\",\"version\":\"%s\",\"concurrent\":false}"
                    .formatted(Runtime.version())
                    .getBytes(StandardCharsets.UTF_8));
            serve(wire, new Action(environment), output);
        } finally {
            // Threads of the action must not outlive the connection, nor its shutdown hooks delay the end.
            Runtime.getRuntime().halt(0);
        }
    }

    private static void serve(Wire wire, Action action, MarkedOutput.Pair output) throws IOException {
        for (Optional<Wire.Frame> next = wire.receive(); next.isPresent(); next = wire.receive()) {
            Wire.Frame frame = next.get();
            output.begin(frame.number());
            Thread.interrupted(); // what an earlier run left behind is nothing to this one
            Answer answer = action.answer(frame);
            output.end();
            wire.reply(frame.number(), answer);
        }
    }
}
