package dev.whirl.e2e.commandline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.crash.CountingFunction;
import dev.whirl.e2e.support.Answer;
import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.CounterService;
import dev.whirl.e2e.support.Folders;
import dev.whirl.e2e.support.OwnMounts;
import dev.whirl.e2e.support.Repository;
import dev.whirl.e2e.support.ServerOptions;
import dev.whirl.e2e.support.SharedServer;
import dev.whirl.e2e.support.Waiting;
import dev.whirl.e2e.support.WhirlServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartAndStopTest {
    private static final Path LAYOUT = Repository.root().resolve("deploy/dist/target/whirl");
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    /// A server that refuses to start: with this exit code and one line. What it has logged before, such as that it has
    /// cleared up behind others, is no part of that.
    private static String refusal(ServerOptions options, int port, int code) {
        try (var server = WhirlServer.launch(options, port)) {
            assertThat(server.awaitExit(DEADLINE)).as(server::output).isEqualTo(code);
            List<String> lines = server.output()
                    .strip()
                    .lines()
                    .filter(line -> !line.contains(" INFO "))
                    .toList();
            assertThat(lines).as(server::output).hasSize(1);
            assertThat(lines.getFirst()).doesNotContain("Exception").startsWith("whirl: ");
            return lines.getFirst();
        }
    }

    @Test
    void theFirstScreenSaysAllThatANewUserNeeds() {
        WhirlServer server = SharedServer.get();
        String screen = Waiting.until(DEADLINE, server::output, text -> text.contains("action create"));

        assertThat(screen)
                .contains(":" + server.port(), server.data().toString())
                .contains(Api.GUEST_KEY, Api.SYSTEM_KEY)
                .containsPattern("nodejs:20 ready \\(.*node.*\\)")
                .containsPattern("python:3.11 ready \\(.*python3.*\\)")
                .containsPattern("java:25 ready")
                .containsPattern("native ready")
                .containsPattern("swift:5.7 not here: .*docker")
                .contains("property set --apihost", "--auth")
                .doesNotContain("WARNING");
        assertThat(screen.substring(0, screen.indexOf("action create")).lines().count())
                .isLessThan(40);
    }

    @Test
    void aTakenPortIsToldInOneLine() {
        int port = SharedServer.get().port();

        assertThat(refusal(ServerOptions.DEFAULT, port, 1)).contains(Integer.toString(port));
    }

    @Test
    void aHostThatDoesNotExistIsToldInOneLine() {
        int port = WhirlServer.freePort();
        assertThat(refusal(ServerOptions.DEFAULT.withArguments("--host", "nosuch.host.invalid"), port, 1))
                .contains("nosuch.host.invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "99999"})
    void aPortThatThereIsNotIsWrongUsage(String port) throws Exception {
        Process process = whirl("up", "--port", port);

        assertThat(new String(process.getInputStream().readAllBytes(), UTF_8))
                .startsWith("whirl: --port takes a number")
                .contains("'" + port + "'")
                .hasLineCount(1);
        assertThat(process.waitFor()).isEqualTo(2);
    }

    @Test
    void aDataFolderInUseIsToldInOneLine() {
        Path data = SharedServer.get().data();

        String line = refusal(ServerOptions.DEFAULT.withData(data), WhirlServer.freePort(), 1);

        assertThat(line).contains(data.toString(), "use");
        SharedServer.guest().get("/api/v1/namespaces").expect(200);
    }

    @Test
    void aDataFolderThatCannotBeMadeIsToldInOneLine(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "no folder");

        assertThat(refusal(ServerOptions.DEFAULT.withData(file.resolve("data")), WhirlServer.freePort(), 1))
                .contains(file.toString());
    }

    @Test
    void wrongUsageIsToldInOneLine() {
        for (String[] arguments : new String[][] {{"--nonsense"}, {"--log-level", "loud"}, {"--set"}, {"stray"}}) {
            refusal(ServerOptions.DEFAULT.withArguments(arguments), WhirlServer.freePort(), 2);
        }
    }

    @Test
    void anUnreadableConfigurationIsToldInOneLine(@TempDir Path folder) throws IOException {
        Path missing = folder.resolve("missing.conf");
        Path wrong = Files.writeString(folder.resolve("wrong.conf"), "this is no configuration\n");

        for (Path file : List.of(missing, wrong, folder)) {
            ServerOptions options = ServerOptions.DEFAULT.withArguments("--config", file.toString());
            assertThat(refusal(options, WhirlServer.freePort(), 1)).contains(file.toString());
        }
    }

    @Test
    void anUnknownKeyAndAWrongValueAreTold() {
        assertThat(refusal(ServerOptions.DEFAULT.with("limits.nonsense", "1"), WhirlServer.freePort(), 1))
                .contains("limits.nonsense");
        assertThat(refusal(
                        ServerOptions.DEFAULT.with("limits.invocations-per-minute", "many"), WhirlServer.freePort(), 1))
                .contains("limits.invocations-per-minute", "many");
    }

    @Test
    void allProblemsOfAConfigurationAreToldTogether() {
        var options = ServerOptions.DEFAULT.with("limits.nonsense", "1").with("limits.concurrent-invocations", "x");
        try (var server = WhirlServer.launch(options, WhirlServer.freePort())) {
            assertThat(server.awaitExit(DEADLINE)).isEqualTo(1);
            assertThat(server.output()).contains("limits.nonsense", "limits.concurrent-invocations");
        }
    }

    @Test
    void aConfigurationFileAndTheEnvironmentCount(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("whirl.conf"),
                "# limits\nlimits.invocations-per-minute = 111\nlimits.concurrent-invocations = 222\nlimits.fires-per-minute = 333\n");
        ServerOptions options = ServerOptions.DEFAULT
                .withArguments("--config", file.toString())
                .withEnvironment("WHIRL_LIMITS_CONCURRENT_INVOCATIONS", "444")
                .with("limits.fires-per-minute", "555");

        try (var server = WhirlServer.start(options)) {
            Answer limits = Api.guest(server).get(Api.OWN + "/limits").expect(200);
            assertThat(limits.number("invocationsPerMinute")).isEqualTo(111);
            assertThat(limits.number("concurrentInvocations")).isEqualTo(444);
            assertThat(limits.number("firesPerMinute")).isEqualTo(555);
        }
    }

    @Test
    void anotherAddressWithTheDefaultKeysIsWarnedAbout() {
        try (var server = WhirlServer.start(ServerOptions.DEFAULT.withArguments("--host", "0.0.0.0"))) {
            assertThat(Waiting.until(DEADLINE, server::output, text -> text.contains("action create")))
                    .containsIgnoringCase("warning");
        }
    }

    @Test
    void aMachineWithoutBubblewrapIsToldWhatToDoInOneLine() {
        ServerOptions without = ServerOptions.DEFAULT.withPrefix(
                OwnMounts.script("mount --bind /dev/null \"$(command -v bwrap)\" && exec \"$@\""));

        assertThat(refusal(without.with("sandbox.backend", "process"), WhirlServer.freePort(), 1))
                .isEqualTo("whirl: bubblewrap is not here: install it with: apt-get install bubblewrap; or set"
                        + " sandbox.process.isolation=none if you run only code that you trust, or use"
                        + " sandbox.backend=docker");
    }

    @Test
    void aStartWithoutIsolationIsWarnedAboutWhateverIsLogged() {
        ServerOptions open = ServerOptions.DEFAULT
                .with("sandbox.backend", "process")
                .with("sandbox.process.isolation", "none")
                .withArguments("--log-level", "error");
        try (var server = WhirlServer.start(open)) {
            assertThat(Waiting.until(DEADLINE, server::output, text -> text.contains("action create")))
                    .contains("WARNING: sandbox.process.isolation=none");
        }
    }

    @Test
    void helpIsShownOnRequest() {
        try (var server = WhirlServer.launch(ServerOptions.DEFAULT.withArguments("--help"), WhirlServer.freePort())) {
            assertThat(server.awaitExit(DEADLINE)).isEqualTo(0);
            assertThat(server.output()).contains("--port", "--host", "--data", "--config", "--set", "--log-level");
        }
    }

    @Test
    @Tag("attack-43")
    void aStopWaitsForCallsInFlightAndKeepsEverything(@TempDir Path folder) throws Exception {
        Path data = folder.resolve("data");
        String accepted;
        try (var server = WhirlServer.start(ServerOptions.DEFAULT.withData(data));
                var counter = new CounterService();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Api guest = Api.guest(server);
            CountingFunction.store(guest);
            Future<Answer> running = threads.submit(() ->
                    guest.result(CountingFunction.NAME, CountingFunction.payload(counter.port(), "in flight", 1500)));
            accepted = guest.start(CountingFunction.NAME, CountingFunction.payload(counter.port(), "accepted", 1000));
            Waiting.until(DEADLINE, "the call runs", () -> counter.counts().containsKey("in flight"));

            server.terminate();

            assertThat(answerOf(running).expect(200).text("token")).isEqualTo("in flight");
            assertThat(server.awaitExit(Duration.ofSeconds(35))).isEqualTo(0);
        }
        try (var server = WhirlServer.start(ServerOptions.DEFAULT.withData(data))) {
            assertThat(Api.guest(server).record(accepted).text("response", "status"))
                    .isEqualTo("success");
        }
        Folders.deleteRecursively(data);
    }

    private static Answer answerOf(Future<Answer> running) throws InterruptedException {
        try {
            return running.get();
        } catch (ExecutionException e) {
            throw new AssertionError("the call in flight was not answered", e.getCause());
        }
    }

    @Test
    void theDistributionTellsItsVersionAndHasTheDocumentsThatItPointsTo() throws Exception {
        Process process = whirl("--version");

        assertThat(new String(process.getInputStream().readAllBytes(), UTF_8)).matches("whirl [0-9].*\n");
        assertThat(process.waitFor()).isZero();
        assertThat(LAYOUT.resolve("docs/reference/configuration.md")).isNotEmptyFile();
    }

    private static Process whirl(String... arguments) throws IOException {
        var words = new ArrayList<String>();
        words.add(LAYOUT.resolve("bin/whirl").toString());
        words.addAll(List.of(arguments));
        return new ProcessBuilder(words).redirectErrorStream(true).start();
    }
}
