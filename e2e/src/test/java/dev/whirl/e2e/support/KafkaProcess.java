package dev.whirl.e2e.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A Kafka broker as a process of its own, which makes topics that somebody sends to. Closing it stops it.
public final class KafkaProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Path LIBRARIES = Repository.root().resolve("deploy/cluster/target/cluster/lib");

    private final Path home;
    private final int port;
    private final Process process;

    private KafkaProcess() {
        try {
            home = Files.createTempDirectory("whirl-e2e-kafka-");
            port = WhirlServer.freePort();
            Path file = Files.writeString(home.resolve("broker.properties"), properties(WhirlServer.freePort()));
            Commands.run(command(
                    "kafka.tools.StorageTool",
                    List.of("format", "--standalone", "-t", "whirl-e2e-broker-1234", "-c", file.toString())));
            process = new ProcessBuilder(command("kafka.Kafka", List.of(file.toString())))
                    .redirectErrorStream(true)
                    .redirectOutput(home.resolve("log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static KafkaProcess start() {
        var started = new KafkaProcess();
        try {
            Waiting.until(START, "the broker listens", started::isListening);
            return started;
        } catch (RuntimeException | Error e) {
            started.close();
            throw e;
        }
    }

    public String address() {
        return "localhost:" + port;
    }

    private boolean isListening() {
        if (!process.isAlive()) {
            throw new IllegalStateException("the broker ended with " + process.exitValue());
        }
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private List<String> command(String main, List<String> arguments) {
        var words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-cp",
                LIBRARIES + "/*",
                main));
        words.addAll(arguments);
        return words;
    }

    private String properties(int quorumPort) {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.bootstrap.servers=localhost:%1$d
                listeners=PLAINTEXT://localhost:%2$d,CONTROLLER://localhost:%1$d
                advertised.listeners=PLAINTEXT://localhost:%2$d
                controller.listener.names=CONTROLLER
                inter.broker.listener.name=PLAINTEXT
                listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
                log.dirs=%3$s
                auto.create.topics.enable=true
                num.partitions=2
                offsets.topic.num.partitions=1
                offsets.topic.replication.factor=1
                """.formatted(quorumPort, port, home.resolve("data"));
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
        Folders.deleteRecursively(home);
    }
}
