package dev.whirl.cli;

import dev.whirl.cli.command.Interrupts;
import dev.whirl.cli.command.Runner;
import dev.whirl.cli.command.Surroundings;
import dev.whirl.cli.command.Surroundings.Place;
import dev.whirl.cli.output.Terminal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/// Runs the most used commands against a server that it plays itself, so that the JVM learns which classes a
/// command line needs: the build keeps that in a cache, with which commands start in half the time. TLS is left
/// out: its seven hundred classes would cost every command 20 ms to 30 ms, also those that speak to a server on the
/// same machine.
public final class Training {
    private static final String ACTION = "{\"namespace\":\"guest\",\"name\":\"hello\",\"version\":\"0.0.1\","
            + "\"exec\":{\"kind\":\"nodejs:20\"},\"annotations\":[{\"key\":\"exec\",\"value\":\"nodejs:20\"}]}";
    private static final String ACTIVATION = "{\"namespace\":\"guest\",\"name\":\"hello\",\"version\":\"0.0.1\","
            + "\"activationId\":\"44794bd6aab74415b4e42a308d880e5b\",\"start\":1767225600000,\"end\":1767225600012,"
            + "\"duration\":12,\"statusCode\":0,\"annotations\":[{\"key\":\"kind\",\"value\":\"nodejs:20\"}],"
            + "\"response\":{\"status\":\"success\",\"success\":true,\"result\":{}},\"logs\":[\"t stdout: line\"]}";

    private static final List<String> LINES = List.of(
            "--version",
            "--help",
            "action --help",
            "list",
            "action list",
            "action get hello",
            "action invoke hello -r -p name World",
            "activation list",
            "activation get 44794bd6aab74415b4e42a308d880e5b",
            "activation logs 44794bd6aab74415b4e42a308d880e5b",
            "package list",
            "trigger list",
            "trigger fire tick -p a 1",
            "rule list",
            "namespace list",
            "property get --apihost",
            "action list --output json",
            "mistake");

    private Training() {}

    public static void main(String[] arguments) throws IOException {
        try (var listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofPlatform().daemon().start(() -> serve(listener));
            String authority = "127.0.0.1:" + listener.getLocalPort();
            Main.surroundings(System.getenv(), "", new StandardStream(OutputStream.nullOutputStream()));
            ProgramNames.asWsk("wsk", LINES).forEach(line -> run(line, "http://" + authority));
        }
    }

    private static void run(String line, String apiHost) {
        var silent = new Terminal(new PrintStream(OutputStream.nullOutputStream()), false, false);
        var place = new Place(InstantSource.system(), ZoneId::systemDefault, Interrupts.NEVER);
        var environment = Map.of("WHISK_APIHOST", apiHost, "WHISK_AUTH", "uuid:key", "WSK_CONFIG_FILE", "");
        var surroundings = new Surroundings(environment, Path.of(""), Path.of(""), silent, silent, place);
        new Runner(surroundings, Groups.all()).run(List.of(line.split(" ")));
    }

    private static void serve(ServerSocket listener) {
        try {
            while (true) {
                Socket socket = listener.accept();
                Thread.ofPlatform().daemon().start(() -> serve(socket));
            }
        } catch (IOException _) {
            // the training is over
        }
    }

    /// One request, one answer.
    private static void serve(Socket socket) {
        try (socket) {
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            String request = in.readLine();
            for (String header = in.readLine(); header != null && !header.isEmpty(); header = in.readLine()) {
                // a small body may follow, which nobody needs
            }
            byte[] body = answer(String.valueOf(request)).getBytes(StandardCharsets.UTF_8);
            String head =
                    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
                            .formatted(body.length);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body);
            socket.getOutputStream().flush();
        } catch (IOException _) {
            // a client that hung up, as the one that tries TLS
        }
    }

    private static String answer(String request) {
        if (request.startsWith("POST")) {
            return "{\"activationId\":\"44794bd6aab74415b4e42a308d880e5b\"}";
        }
        if (request.contains("/activations?")) {
            return "[" + ACTIVATION + "]";
        }
        if (request.contains("/activations/")) {
            return ACTIVATION;
        }
        if (request.contains("/actions/") || request.contains("/rules/")) {
            return ACTION;
        }
        return request.contains("/namespaces/") ? "[" + ACTION + "]" : "[\"guest\"]";
    }
}
