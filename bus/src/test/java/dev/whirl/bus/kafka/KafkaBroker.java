package dev.whirl.bus.kafka;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;

/// A real Kafka broker (KRaft) in this JVM, with a folder of its own. It can be stopped and started again on the
/// same port.
public final class KafkaBroker implements AutoCloseable {
    private static @Nullable KafkaBroker shared;

    /// For consumers: they do not close while they wait for messages.
    static final Map<String, String> QUICK_TO_CLOSE = Map.of("fetch.max.wait.ms", "50");

    /// May use the secure ports.
    public static final String USER = "whirl";

    /// Has what JAAS would stumble over.
    public static final String PASSWORD = "a \"pass\\word\";";

    private final Path data;
    private final int port = freePort();
    private final int securePort = freePort();
    private final int passwordPort = freePort();
    private final int controllerPort = freePort();
    private final TestKeys keys;
    private @Nullable KafkaRaftServer server;

    private KafkaBroker(Path data) {
        this.data = data;
        this.keys = TestKeys.make(data);
    }

    /// The one that all tests share: each uses topics with a prefix of its own.
    public static synchronized KafkaBroker shared() {
        KafkaBroker now = shared;
        if (now == null) {
            now = fresh();
            Runtime.getRuntime().addShutdownHook(new Thread(now::close));
            shared = now;
        }
        return now;
    }

    private static KafkaBroker fresh() {
        try {
            var broker = new KafkaBroker(Files.createTempDirectory("whirl-kafka"));
            broker.format();
            broker.start();
            return broker;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String servers() {
        return "localhost:" + port;
    }

    /// The same broker behind TLS, for whoever has a certificate, user and password.
    String secureServers() {
        return "localhost:" + securePort;
    }

    /// The same broker behind TLS, for whoever has user and password, by PLAIN or SCRAM-SHA-512.
    public String passwordServers() {
        return "localhost:" + passwordPort;
    }

    /// The certificate (PEM) of the secure ports.
    public Path certificate() {
        return keys.certificate();
    }

    /// Begins again with what was kept.
    public void start() {
        var fresh = new KafkaRaftServer(config(), Time.SYSTEM);
        fresh.startup();
        server = fresh;
    }

    /// Goes away; what was written stays.
    public void stop() {
        KafkaRaftServer running = server;
        if (running != null) {
            running.shutdown();
            running.awaitShutdown();
            server = null;
        }
    }

    @Override
    public void close() {
        stop();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Key and certificate (PEM) of a client that the secure port lets in.
    Path clientKey() {
        return keys.pair();
    }

    private void format() {
        try (var nowhere =
                new PrintStream(OutputStream.nullOutputStream(), false, java.nio.charset.StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(nowhere)
                    .setNodeId(1)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setControllerListenerName("CONTROLLER")
                    .setDirectories(List.of(data.resolve("log").toString()))
                    .setMetadataLogDirectory(data.resolve("log").toString())
                    .setScramArguments(List.of("SCRAM-SHA-512=[name=%s,password=%s]".formatted(USER, PASSWORD)))
                    .run();
        } catch (Exception e) {
            throw new IllegalStateException("the broker's folder can't be made", e);
        }
    }

    private KafkaConfig config() {
        Map<String, String> all = new HashMap<>(secure());
        all.putAll(password());
        all.put("process.roles", "broker,controller");
        all.put("node.id", "1");
        all.put("controller.quorum.voters", "1@localhost:" + controllerPort);
        all.put("controller.listener.names", "CONTROLLER");
        all.put("inter.broker.listener.name", "PLAINTEXT");
        all.put(
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SECURE:SASL_SSL,PASSWORD:SASL_SSL");
        all.put(
                "listeners",
                "PLAINTEXT://localhost:%d,SECURE://localhost:%d,PASSWORD://localhost:%d,CONTROLLER://localhost:%d"
                        .formatted(port, securePort, passwordPort, controllerPort));
        all.put("log.dirs", data.resolve("log").toString());
        all.put("offsets.topic.replication.factor", "1");
        all.put("offsets.topic.num.partitions", "2");
        all.put("group.initial.rebalance.delay.ms", "0");
        all.put("group.min.session.timeout.ms", "500");
        all.put("num.network.threads", "1");
        all.put("num.io.threads", "2");
        all.put("log.cleaner.enable", "false");
        all.put("controlled.shutdown.enable", "false");
        all.put("broker.heartbeat.interval.ms", "300"); // so that it may come back soon after it was stopped
        all.put("broker.session.timeout.ms", "1000");
        var properties = new Properties();
        properties.putAll(all);
        return KafkaConfig.fromProps(properties, false);
    }

    /// Clients show a certificate, too, and it must be the broker's own.
    private Map<String, String> secure() {
        String listener = "listener.name.secure.";
        Map<String, String> all = withCertificate(listener);
        all.put(listener + "ssl.client.auth", "required");
        all.put(listener + "ssl.truststore.type", "PEM");
        all.put(listener + "ssl.truststore.location", keys.certificate().toString());
        all.put(listener + "sasl.enabled.mechanisms", "SCRAM-SHA-512");
        return all;
    }

    private Map<String, String> password() {
        String listener = "listener.name.password.";
        Map<String, String> all = withCertificate(listener);
        all.put(listener + "sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-512");
        all.put(
                listener + "plain.sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required user_%s=\"%s\";"
                        .formatted(USER, PASSWORD.replace("\\", "\\\\").replace("\"", "\\\"")));
        return all;
    }

    private Map<String, String> withCertificate(String listener) {
        return new HashMap<>(Map.of(
                listener + "ssl.keystore.type",
                "PKCS12",
                listener + "ssl.keystore.location",
                keys.store().toString(),
                listener + "ssl.keystore.password",
                TestKeys.PASSWORD,
                listener + "ssl.key.password",
                TestKeys.PASSWORD,
                listener + "scram-sha-512.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required;"));
    }

    /// A broker that is a process: says where it is, without and with TLS, and runs until it is ended.
    public static void main(String[] args) {
        System.out.println(shared().servers());
        System.out.println(shared().secureServers());
    }

    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
