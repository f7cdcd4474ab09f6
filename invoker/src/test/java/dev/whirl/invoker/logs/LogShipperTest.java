package dev.whirl.invoker.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whirl.common.units.ByteSize;
import dev.whirl.invoker.logs.LogsConfig.Address;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.activation.ActivationResponse;
import dev.whirl.model.entity.Annotations;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.entity.Version;
import dev.whirl.model.json.RawJson;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("I-30")
class LogShipperTest {
    private static final List<String> LINES = List.of(
            "2026-11-22T12:00:00.000000001Z stdout: hello \"you\"", "2026-11-22T12:00:00.1Z         stderr: oh: no");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Activation activation = new Activation(
            new NamespaceName("guest"),
            new EntityName("greet"),
            Version.FIRST,
            "guest-subject",
            new ActivationId("a".repeat(32)),
            Instant.EPOCH,
            Instant.EPOCH,
            Duration.ZERO,
            null,
            ActivationResponse.success(RawJson.EMPTY_OBJECT),
            List.of(),
            Annotations.NONE);

    @TempDir
    private Path folder;

    @Test
    void linesAreInTheRecordIfNothingElseIsSaid() {
        try (var shipper = new LogShipper(LogsConfig.IN_RECORD, meters)) {
            assertThat(shipper.ship(activation, "n1", LINES)).isEqualTo(LINES);
        }
    }

    @Test
    void linesGoToAFileWithWhatTellsWhoseTheyAreAndTheRecordSaysThatTheyAreElsewhere() throws Exception {
        try (var shipper = new LogShipper(config(false, folder, ByteSize.mebibytes(1), null), meters)) {
            assertThat(shipper.ship(activation, "n1", LINES)).containsExactly("Logs are not available.");
            assertThat(shipper.ship(activation, "n1", List.of())).isEmpty();
        }

        assertThat(Files.readAllLines(folder.resolve("userlogs.log")))
                .containsExactly(
                        "{\"type\":\"user_log\",\"time\":\"2026-11-22T12:00:00.000000001Z\",\"stream\":\"stdout\","
                                + "\"log\":\"hello \\\"you\\\"\",\"activationId\":\"" + "a".repeat(32) + "\","
                                + "\"action\":\"guest/greet\",\"namespace\":\"guest\",\"namespaceId\":\"n1\","
                                + "\"userId\":\"guest-subject\"}",
                        "{\"type\":\"user_log\",\"time\":\"2026-11-22T12:00:00.1Z\",\"stream\":\"stderr\","
                                + "\"log\":\"oh: no\",\"activationId\":\"" + "a".repeat(32) + "\","
                                + "\"action\":\"guest/greet\",\"namespace\":\"guest\",\"namespaceId\":\"n1\","
                                + "\"userId\":\"guest-subject\"}");
    }

    @Test
    void filesAreBoundedInSizeAndNumber() throws Exception {
        var files = new LogFiles(folder, 100, 3);
        for (int i = 0; i < 10; i++) {
            files.write((i + "x".repeat(58) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        files.close();

        try (var all = Files.list(folder)) {
            assertThat(all.map(each -> each.getFileName().toString()))
                    .containsExactlyInAnyOrder("userlogs.log", "userlogs.1.log", "userlogs.2.log");
        }
        assertThat(Files.readString(folder.resolve("userlogs.log"))).startsWith("9");
        assertThat(Files.readString(folder.resolve("userlogs.2.log"))).startsWith("7");
    }

    @Test
    void aForwarderThatWasAwayGetsWhatWaited() throws Exception {
        int port = freePort();
        var config = config(true, null, ByteSize.mebibytes(1), new Address("127.0.0.1", port));
        try (var shipper = new LogShipper(config, meters)) {
            assertThat(shipper.ship(activation, "n1", LINES)).isEqualTo(LINES);
            try (var listener = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
                    var taken = listener.accept();
                    var in = reader(taken)) {
                assertThat(in.readLine()).contains("hello");
                assertThat(in.readLine()).contains("oh: no");
            }
        }
        assertThat(meters.counter("whirl.logs.dropped").count()).isZero();
    }

    @Test
    void aForwarderThatHungUpIsConnectedToAnew() throws Exception {
        try (var listener = new ServerSocket(0, 2, InetAddress.getLoopbackAddress());
                var shipper = new LogShipper(
                        config(true, null, ByteSize.mebibytes(1), new Address("127.0.0.1", listener.getLocalPort())),
                        meters)) {
            shipper.ship(activation, "n1", LINES.subList(0, 1));
            try (var first = listener.accept()) {
                assertThat(reader(first).readLine()).contains("hello");
            }

            shipper.ship(activation, "n1", LINES.subList(1, 2));

            try (var second = listener.accept()) {
                assertThat(reader(second).readLine()).contains("oh: no");
            }
        }
    }

    @Test
    void linesThatNeverArrivedAreCounted() throws Exception {
        var config = config(true, null, ByteSize.mebibytes(1), new Address("127.0.0.1", freePort()));
        try (var shipper = new LogShipper(config, meters)) {
            shipper.ship(activation, "n1", LINES);
            shipper.ship(activation, "n1", LINES);
        }

        assertThat(meters.counter("whirl.logs.dropped").count()).isEqualTo(4);
    }

    @Test
    void aTargetWithAFaultOfItsOwnIsTriedAgain() throws Exception {
        var failures = new AtomicInteger();
        var taken = new CompletableFuture<String>();
        var target = new LogTarget() {
            @Override
            public void write(byte[] lines) {
                if (failures.getAndIncrement() == 0) {
                    throw new IllegalStateException("a fault");
                }
                taken.complete(new String(lines, StandardCharsets.UTF_8));
            }

            @Override
            public void close() {}
        };
        var line = new LogLine("test", target, meters.counter("whirl.logs.dropped"));

        line.add(new LogLine.Entries("one\n".getBytes(StandardCharsets.UTF_8), 1));

        assertThat(taken.get(10, TimeUnit.SECONDS)).isEqualTo("one\n");
        line.end();
        assertThat(meters.counter("whirl.logs.dropped").count()).isZero();
    }

    @Test
    void whatIsTooMuchIsDroppedAndCountedAndNobodyWaits() throws Exception {
        var config = config(true, null, ByteSize.mebibytes(1), new Address("127.0.0.1", freePort()));
        List<String> large = List.of("2026-11-22T12:00:00.000000001Z stdout: " + "x".repeat(1024 * 1024));
        try (var shipper = new LogShipper(config, meters)) {
            for (int i = 0; i < 20; i++) {
                shipper.ship(activation, "n1", large);
            }

            await().until(() -> meters.counter("whirl.logs.dropped").count() > 10);
        }
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    private static LogsConfig config(
            boolean inRecord, @Nullable Path folder, ByteSize size, @Nullable Address forward) {
        return new LogsConfig(inRecord, folder, size, 3, forward);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
