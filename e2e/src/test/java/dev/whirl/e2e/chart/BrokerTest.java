package dev.whirl.e2e.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.chart.Chart;
import dev.whirl.chart.Manifests;
import dev.whirl.e2e.support.Folders;
import dev.whirl.e2e.support.Repository;
import dev.whirl.e2e.support.ServerCommand;
import dev.whirl.e2e.support.WhirlServer;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A broker with the script, settings and cluster id that the chart renders.
class BrokerTest {
    private static final Path LIBRARIES = Repository.root().resolve("deploy/cluster/target/cluster/lib");

    private final int port = WhirlServer.freePort();
    private final int quorumPort = WhirlServer.freePort();
    private @Nullable Path folder;
    private @Nullable Process broker;

    @BeforeEach
    void start() throws IOException {
        Path home = Files.createTempDirectory("whirl-broker-");
        folder = home;
        Manifests manifests = new Chart(Repository.root().resolve("deploy/chart")).render(Optional.empty(), Map.of());
        Files.createDirectories(home.resolve("bin"));
        program(home.resolve("bin/kafka-storage.sh"), "kafka.tools.StorageTool");
        program(home.resolve("bin/kafka-server-start.sh"), "kafka.Kafka");
        Files.writeString(
                home.resolve("server.properties"), here(home, manifests.file("whirl-kafka", "server.properties")));
        Path script =
                Files.writeString(home.resolve("start.sh"), here(home, manifests.file("whirl-kafka", "start.sh")));
        Files.writeString(
                home.resolve("ready.sh"),
                manifests.file("whirl-kafka", "ready.sh").replace("/127.0.0.1/9092", "/127.0.0.1/" + port));
        var builder = new ProcessBuilder("/bin/sh", script.toString())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("output.txt").toFile());
        builder.environment()
                .putAll(Map.of(
                        "POD_NAME", "whirl-kafka-0",
                        "BROKERS", "whirl-kafka-brokers.functions.svc",
                        "VOTERS", "1",
                        "KAFKA_HOME", home.toString(),
                        "CLUSTER_ID", clusterId(manifests)));
        broker = builder.start();
    }

    /// Names, folders and ports of the pod become those of this machine.
    private String here(Path home, String text) {
        return text.replace("$POD_NAME.$BROKERS", "127.0.0.1")
                .replace("whirl-kafka-0.whirl-kafka-brokers", "127.0.0.1")
                .replace("://:9092", "://127.0.0.1:" + port)
                .replace("://:9093", "://127.0.0.1:" + quorumPort)
                .replace(":9092", ":" + port)
                .replace(":9093", ":" + quorumPort)
                .replace("/etc/whirl-kafka/", home + "/")
                .replace("/var/lib/kafka/data", home + "/data")
                .replace("/tmp/server.properties", home + "/completed.properties");
    }

    private static void program(Path file, String main) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Files.writeString(
                file,
                "#!/bin/sh%nexec %s -XX:+UseSerialGC -Xmx384m -cp '%s/*' %s \"$@\"%n".formatted(java, LIBRARIES, main));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private static String clusterId(Manifests manifests) {
        return Objects.requireNonNull(
                manifests.get(Secret.class, "whirl-kafka").getStringData().get("cluster-id"));
    }

    @AfterEach
    void stop() {
        if (broker != null) {
            broker.destroy();
            broker.onExit().join();
        }
        if (folder != null) {
            Folders.deleteRecursively(folder);
        }
    }

    @Test
    void theRenderedBrokerIsOneThatThePlatformTakesAndItsProbeKnowsItFromOthers() throws Exception {
        var words = List.of(
                "/bin/sh", ServerCommand.distribution().resolve("bin/whirl").toString(), "wait", "broker", "--for=1m");
        var builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("WHIRL_BUS_KAFKA_SERVERS", "127.0.0.1:" + port);

        Process waiting = builder.start();
        String said = new String(waiting.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(waiting.waitFor())
                .as(
                        "%s %s",
                        said, Files.readString(Objects.requireNonNull(folder).resolve("output.txt")))
                .isZero();
        assertThat(said).endsWith("the broker is there%n".formatted());
        assertThat(probe("whirl-kafka-0")).isEmpty();
        assertThat(probe("whirl-kafka-5")).isEqualTo("the 1 brokers that there are do not include 5\n");
    }

    /// What the probe of a broker says: nothing, if it serves.
    ///
    /// @param pod of the broker
    private String probe(String pod) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(
                        "/bin/bash",
                        Objects.requireNonNull(folder).resolve("ready.sh").toString())
                .redirectErrorStream(true);
        builder.environment().put("POD_NAME", pod);
        Process probing = builder.start();
        String said = new String(probing.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(probing.waitFor()).isEqualTo(said.isEmpty() ? 0 : 1);
        return said;
    }
}
