package dev.whirl.bus.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whirl.bus.Bus.Left;
import dev.whirl.bus.Deliveries;
import dev.whirl.bus.Samples;
import dev.whirl.model.message.Invocation;
import dev.whirl.model.message.InvokerId;
import dev.whirl.model.message.Message;
import dev.whirl.model.message.Topic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kafka 3.9 that keeps its state in ZooKeeper, each in a process of its own with classes of its own.
class ZooKeeperModeTest {
    private static final Path CLASSES = Path.of("target", "kafka-3.9").toAbsolutePath();
    private static final Topic.Work WORK = new Topic.Work(new InvokerId(0));

    @TempDir
    private Path folder = Path.of("");

    private final int zooKeeperPort = KafkaBroker.freePort();
    private final int brokerPort = KafkaBroker.freePort();
    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void stop() {
        processes.reversed().forEach(each -> each.destroyForcibly().onExit().join());
    }

    @Test
    void workIsTrackedAndTakenOverAsWithNewerBrokers() throws Exception {
        start("org.apache.zookeeper.server.ZooKeeperServerMain", Integer.toString(zooKeeperPort), folder.toString());
        start("kafka.Kafka", properties().toString());
        KafkaBusConfig config = KafkaBusConfig.of("localhost:" + brokerPort)
                .withTimeouts(new KafkaBusConfig.Timeouts(Duration.ofSeconds(6), Duration.ofSeconds(10)));
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(KafkaCheck.problems(config, 1_000_000)).isEmpty());
        BlockingQueue<Message> received = new LinkedBlockingQueue<>();
        BlockingQueue<Left> left = new LinkedBlockingQueue<>();
        Invocation started = Samples.accepted();
        Invocation waiting = Samples.accepted();

        try (var controller = new KafkaBus(config, new SimpleMeterRegistry())) {
            try (var invoker = new KafkaBus(config, new SimpleMeterRegistry())) {
                Deliveries deliveries = invoker.track(WORK, _ -> {});
                invoker.subscribe(WORK, received::add);
                controller.publish(WORK, started);
                controller.publish(WORK, waiting);

                assertThat(received.poll(20, TimeUnit.SECONDS)).isEqualTo(started);
                assertThat(received.poll(20, TimeUnit.SECONDS)).isEqualTo(waiting);
                assertThat(deliveries.started(started.id())).isTrue();
            }
            controller.takeOver(WORK, left::add);

            assertThat(left.poll(20, TimeUnit.SECONDS)).isEqualTo(new Left.MayHaveStarted(started));
            assertThat(left.poll(20, TimeUnit.SECONDS)).isEqualTo(new Left.NotStarted(waiting));
        }
    }

    private Path properties() throws IOException {
        return Files.writeString(
                folder.resolve("server.properties"),
                """
                broker.id=1
                zookeeper.connect=localhost:%d
                listeners=PLAINTEXT://localhost:%d
                log.dirs=%s
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=1
                group.initial.rebalance.delay.ms=0
                num.network.threads=1
                num.io.threads=2
                """.formatted(zooKeeperPort, brokerPort, folder.resolve("log")),
                UTF_8);
    }

    private void start(String main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-Dzookeeper.admin.enableServer=false",
                "-cp",
                CLASSES + "/*",
                main));
        command.addAll(List.of(arguments));
        processes.add(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(main + ".log").toFile())
                .start());
    }
}
