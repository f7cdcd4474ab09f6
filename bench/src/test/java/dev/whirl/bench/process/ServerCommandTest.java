package dev.whirl.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.bench.StubPlatform;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ServerCommandTest {
    @Test
    void quotationMarksKeepAWordWithSpacesTogether() {
        assertThat(ServerCommand.words("  \"/opt/my whirl/bin/whirl\" up 'a b' c "))
                .containsExactly("/opt/my whirl/bin/whirl", "up", "a b", "c");
    }

    @Test
    void portDataAndSettingsFollowTheCommand() {
        var command = new ServerCommand(List.of("whirl", "up"), List.of("a.b=1", "c.d=2"));

        assertThat(command.on(8080, Path.of("/tmp/data")))
                .containsExactly(
                        "whirl", "up", "--port", "8080", "--data", "/tmp/data", "--set", "a.b=1", "--set", "c.d=2");
    }

    @Test
    void theGatewayOfTheSameDistributionHasSettingsOfItsOwnAndNoFolder() {
        var command = new ServerCommand(List.of("bin/whirl", "up"), List.of("a.b=1"));

        assertThat(command.asGateway(List.of("c.d=2")).on(8080, Path.of("/tmp/data")))
                .containsExactly("bin/whirl", "gateway", "--set", "http.port=8080", "--set", "c.d=2");
        assertThatThrownBy(() -> new ServerCommand(List.of("java", "Stub"), List.of()).asGateway(List.of()))
                .hasMessageContaining("ends in 'up'");
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    void aServerThatEndsAtOnceIsReportedWithItsLastLines() throws Exception {
        var command = new ServerCommand(List.of("sh", "-c", "echo no room here; exit 1"), List.of());

        try (DataFolder folder = DataFolder.create();
                ServerProcess server = ServerProcess.start(command, folder)) {
            assertThatThrownBy(server::awaitReady).hasMessageContaining("no room here");
            assertThat(server.sinceStart()).isLessThan(Duration.ofSeconds(20));
        }
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void aServerOfOurOwnAnswersUntilItIsClosed() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> stub = List.of(
                java, "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), StubPlatform.class.getName());
        ProcessHandle process;

        try (DataFolder folder = DataFolder.create();
                ServerProcess server = ServerProcess.start(new ServerCommand(stub, List.of()), folder)) {
            Duration ready = server.awaitReady();

            process = ProcessHandle.of(server.id()).orElseThrow();
            assertThat(ready).isPositive();
            assertThat(ProcessTree.of(server.id())).isPresent();
        }

        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void theCrossCheckReadsWhatWrkPrints() {
        String text = """
                Running 2s test @ http://127.0.0.1:1/ping
                  20000 requests in 2.00s, 3.00MB read
                Requests/sec:  10000.50
                Transfer/sec:      1.50MB
                """;

        assertThat(Wrk.parse(text, Duration.ofMillis(400))).contains(new Wrk.Result(10000.5, 20));
        assertThat(Wrk.parse("unable to connect", Duration.ZERO)).isEmpty();
    }
}
