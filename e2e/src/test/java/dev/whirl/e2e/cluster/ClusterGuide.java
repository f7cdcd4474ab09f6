package dev.whirl.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Folders;
import dev.whirl.e2e.support.Repository;
import dev.whirl.e2e.support.ServerCommand;
import dev.whirl.e2e.support.WhirlServer;
import dev.whirl.e2e.wsk.Guide;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Follows the page about clusters word for word: but for addresses, ports, and keys, which are this machine's.
/// Closing it ends what it has started.
final class ClusterGuide implements AutoCloseable {
    private static final String PAGE = "cluster.md";
    private static final long PATIENCE_SECONDS = 120;

    private final TestCluster cluster;
    private final Path folder;
    private final List<Process> parts = new ArrayList<>();
    private final Guide oneMachine = Guide.section(PAGE, "Try it on one machine");
    private final Guide ownMachines = Guide.section(PAGE, "On machines of your own");

    /// @param cluster one that `whirl cluster up` has started
    ClusterGuide(TestCluster cluster) throws IOException {
        this.cluster = cluster;
        this.folder = Files.createTempDirectory("whirl-guide-");
    }

    /// The first section; the cluster that it starts is there already.
    ///
    /// @return what was shown
    String onOneMachine() throws IOException, InterruptedException {
        List<String> lines = lines(oneMachine);
        assertThat(lines.getFirst()).isEqualTo("./whirl cluster up");
        program("whirl", "whirl");
        program("wsk", "wsk");
        Files.createSymbolicLink(folder.resolve("cluster"), cluster.folder());
        var shown = new StringBuilder();
        for (String line : lines.subList(1, lines.size())) {
            shown.append(run(line.replace(
                            "http://localhost:3233",
                            cluster.address("controller0").toString())
                    .replace("KEY", cluster.key())));
        }
        return shown.toString();
    }

    /// What that section says is printed.
    String answer() {
        return oneMachine.answers().getFirst().strip();
    }

    /// The second section, one part of each role, on the engines of the cluster that runs.
    ///
    /// @return the API as the user whom it makes
    Api onMachinesOfOnesOwn() throws IOException, InterruptedException {
        URI controller = URI.create("http://127.0.0.1:" + WhirlServer.freePort());
        program("bin/whirl", "whirl");
        Files.writeString(folder.resolve("whirl.conf"), configuration());
        String key = "";
        for (String line : lines(ownMachines)) {
            String command = line.replace("https://api.example.com", controller.toString())
                    .replace("http.host=0.0.0.0", "http.host=127.0.0.1");
            if (command.startsWith("bin/whirl controller ")) {
                begin(command + " --set http.port=" + controller.getPort());
            } else if (command.startsWith("bin/whirl feeds ")) {
                begin(command + " --set http.port=" + WhirlServer.freePort());
            } else if (command.startsWith("bin/whirl invoker ")) {
                begin(command);
            } else if (command.contains(" user create ")) {
                key = run(command).strip();
            } else {
                run(command);
            }
        }
        assertThat(parts).as("controller, invoker, feeds").hasSize(3);
        return new Api(controller, HttpClient.newHttpClient(), Api.basic(key));
    }

    /// Whether all parts that it has started are still there.
    void requireAllRun() {
        assertThat(parts).allMatch(Process::isAlive);
    }

    private String configuration() throws IOException {
        var settings = cluster.settings("controller0");
        return ownMachines
                        .files()
                        .getFirst()
                        .replace("kafka-1:9092, kafka-2:9092, kafka-3:9092", settings.get("bus.kafka.servers"))
                        .replace("replication-factor = 3", "replication-factor = 1")
                        .replace("https://couchdb.internal:6984", settings.get("store.couchdb.url"))
                        .replace("…", settings.get("store.couchdb.password"))
                // beside the cluster that runs
                + "bus.kafka.topic-prefix = guide-\nstore.couchdb.prefix = guide_\n";
    }

    private static List<String> lines(Guide section) {
        return section.commands()
                .lines()
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .toList();
    }

    /// Puts a program of the distribution where the page finds it.
    private void program(String place, String name) throws IOException {
        Path file = folder.resolve(place);
        Files.createDirectories(file.getParent());
        Path target = ServerCommand.distribution().resolve("bin").resolve(name);
        Files.writeString(file, "#!/bin/sh\nexec /bin/sh '%s' \"$@\"\n".formatted(target));
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private String run(String line) throws IOException, InterruptedException {
        Path screen = Files.createTempFile(folder, "screen-", ".txt");
        Process process = builder(line).redirectOutput(screen.toFile()).start();
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("comes to its end: %s", line)
                    .isTrue();
        } finally {
            end(process);
        }
        String shown = Files.readString(screen);
        assertThat(process.exitValue()).as("%s: %s", line, shown).isZero();
        return shown;
    }

    /// With all that it has started; nothing where it has ended by itself.
    private static void end(Process process) {
        List<ProcessHandle> started = process.descendants().toList(); // which nobody can tell once it is gone
        process.destroyForcibly();
        started.forEach(ProcessHandle::destroyForcibly);
    }

    private void begin(String line) throws IOException {
        Path log = folder.resolve("part-%d.log".formatted(parts.size()));
        parts.add(builder("exec " + line).redirectOutput(log.toFile()).start());
    }

    private ProcessBuilder builder(String line) {
        var builder = new ProcessBuilder("bash", "-c", line)
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().keySet().removeIf(each -> each.startsWith("WHIRL_") || each.startsWith("WHISK_"));
        builder.environment().putAll(ServerCommand.environment());
        builder.environment()
                .put(
                        "WHIRL_CLUSTER",
                        Repository.root().resolve("deploy/cluster").toString());
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("WSK_CONFIG_FILE", folder.resolve(".wskprops").toString());
        return builder;
    }

    @Override
    public void close() {
        parts.reversed().forEach(Process::destroy);
        for (Process each : parts) {
            each.onExit()
                    .completeOnTimeout(each, PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .join();
            each.destroyForcibly();
        }
        Folders.deleteRecursively(folder);
    }
}
