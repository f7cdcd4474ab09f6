package dev.whirl.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// One Kafka broker that is its own quorum, on loopback.
///
/// @param java the program that runs Java
/// @param libraries the broker's jars
record Broker(Blueprint blueprint, Path java, Path libraries) {
    /// A message can hold a payload of the largest limit and what goes around it.
    private static final int MOST_MESSAGE_BYTES = 8 * 1024 * 1024;

    Member start(Launcher launcher) throws InterruptedException {
        Path file = blueprint.folder().resolve("broker.properties");
        Path data = blueprint.folder().resolve("broker");
        OwnFile.write(file, properties(data));
        if (!Files.exists(data.resolve("meta.properties"))) {
            launcher.run("broker format", format(file), Map.of());
        }
        return launcher.start(
                "broker", "broker", address(), command("kafka.Kafka", List.of(file.toString())), Map.of());
    }

    String address() {
        return "127.0.0.1:" + blueprint.brokerPort();
    }

    private List<String> format(Path file) {
        return command(
                "kafka.tools.StorageTool",
                List.of("format", "--standalone", "-t", "whirl-cluster-on-host", "-c", file.toString()));
    }

    /// A small heap: a developer's topics are short.
    private List<String> command(String main, List<String> arguments) {
        var words = new ArrayList<>(
                List.of(java.toString(), "-XX:+UseSerialGC", "-Xmx384m", "-cp", libraries + "/*", main));
        words.addAll(arguments);
        return words;
    }

    private String properties(Path data) {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.bootstrap.servers=127.0.0.1:%1$d
                listeners=PLAINTEXT://127.0.0.1:%2$d,CONTROLLER://127.0.0.1:%1$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%2$d
                controller.listener.names=CONTROLLER
                inter.broker.listener.name=PLAINTEXT
                listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
                log.dirs=%3$s
                message.max.bytes=%4$d
                auto.create.topics.enable=false
                offsets.topic.num.partitions=4
                offsets.topic.replication.factor=1
                transaction.state.log.num.partitions=4
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                group.initial.rebalance.delay.ms=0
                group.min.session.timeout.ms=1000
                """.formatted(blueprint.quorumPort(), blueprint.brokerPort(), data, MOST_MESSAGE_BYTES);
    }
}
