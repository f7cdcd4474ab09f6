package dev.whirl.cli;

import dev.whirl.cli.command.Interrupts;
import dev.whirl.cli.command.Runner;
import dev.whirl.cli.command.Surroundings;
import dev.whirl.cli.command.Surroundings.Place;
import dev.whirl.cli.output.Terminal;
import dev.whirl.client.ScriptedServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Runs command lines in this process, against a real server with prepared answers, in a folder of their own.
final class Wsk implements AutoCloseable {
    static final String ID = "44794bd6aab74415b4e42a308d880e5b";

    private final ScriptedServer server = new ScriptedServer();
    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private InstantSource clock = InstantSource.system();
    private Interrupts interrupts = Interrupts.NEVER;
    private boolean isOnTerminal;

    /// What a command line left behind.
    record Run(int exitCode, String out, String err) {}

    /// With the server's address and a key in `.wskprops` of the folder, which is also the home folder.
    Wsk(Path folder) throws IOException {
        this.folder = folder;
        server.standing("/", 404, "this server does not say which kinds it has");
        server.standing("/api/v1/namespaces/_/limits", 404, "nor which limits");
        file(".wskprops", "APIHOST=" + server.url() + "\nAUTH=uuid:secret\n");
    }

    Wsk answer(int status, String body) {
        server.answer(status, body);
        return this;
    }

    Wsk with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Wsk with(InstantSource time) {
        clock = time;
        return this;
    }

    Wsk with(Interrupts interruptions) {
        interrupts = interruptions;
        return this;
    }

    Path folder() {
        return folder;
    }

    /// As on a terminal, in colour unless the environment forbids it.
    Wsk coloured() {
        isOnTerminal = true;
        return this;
    }

    /// For the owner alone, as a file with a key has to be.
    Path file(String name, String content) throws IOException {
        Path file = Files.writeString(folder.resolve(name), content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    /// An archive with one file in it.
    Path archive(String name) throws IOException {
        Path file = folder.resolve(name);
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("index.js"));
            zip.write('x');
        }
        return file;
    }

    ScriptedServer server() {
        return server;
    }

    Run run(String... line) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var place = new Place(clock, () -> ZoneOffset.UTC, interrupts);
        var surroundings = new Surroundings(environment, folder, folder, terminal(out), terminal(err), place);
        int exitCode = new Runner(surroundings, Groups.all()).run(List.of(line));
        return new Run(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private Terminal terminal(ByteArrayOutputStream bytes) {
        return Terminal.of(new PrintStream(bytes, true, StandardCharsets.UTF_8), isOnTerminal, environment);
    }

    @Override
    public void close() {
        server.close();
    }
}
