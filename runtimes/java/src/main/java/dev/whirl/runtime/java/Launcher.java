package dev.whirl.runtime.java;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/// Answers the server's requests until it is gone: over a socket, or over HTTP in a container.
public final class Launcher {
    private Launcher() {}

    /// The path of the server's socket is in `WHIRL_SOCKET`, if there is one.
    public static void main(String[] arguments) throws IOException {
        var environment = new Environment();
        Optional<String> socket = environment.take("WHIRL_SOCKET");
        var output = MarkedOutput.capture();
        try (Requests requests = socket.isPresent() ? Wire.connect(Path.of(socket.get())) : new HttpRequests(output)) {
            requests.ready("{\"runtime\":\"java\",\"version\":\"%s\",\"concurrent\":false}"
                    .formatted(Runtime.version())
                    .getBytes(StandardCharsets.UTF_8));
            serve(requests, new Action(environment), output);
        } finally {
            // Threads of the action must not outlive the connection, nor its shutdown hooks delay the end.
            Runtime.getRuntime().halt(0);
        }
    }

    private static void serve(Requests requests, Action action, MarkedOutput.Pair output) throws IOException {
        for (Optional<Wire.Frame> next = requests.receive(); next.isPresent(); next = requests.receive()) {
            Wire.Frame frame = next.get();
            output.begin(frame.number());
            Thread.interrupted(); // what an earlier run left behind is nothing to this one
            Answer answer = action.answer(frame);
            output.end();
            requests.reply(frame.number(), answer);
        }
    }
}
