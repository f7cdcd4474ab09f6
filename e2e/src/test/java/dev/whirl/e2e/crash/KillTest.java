package dev.whirl.e2e.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.CounterService;
import dev.whirl.e2e.support.Folders;
import dev.whirl.e2e.support.Processes;
import dev.whirl.e2e.support.ServerOptions;
import dev.whirl.e2e.support.Waiting;
import dev.whirl.e2e.support.WhirlServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server is killed again and again, at random moments of its start and of its work.
///
/// `-Dwhirl.crash.kills=500` for more kills, `-Dwhirl.crash.seed=…` to repeat a run.
@Tag("crash")
class KillTest {
    private static final int KILLS = Integer.getInteger("whirl.crash.kills", 50);
    private static final long SEED = Long.getLong("whirl.crash.seed", System.nanoTime());

    /// How long callers go on after the answers that were waited for: past the time in which a record
    /// may be lost.
    private static final int MOST_MORE_MILLIS = 500;

    private static final Duration SANDBOXES_END = Duration.ofSeconds(10);

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final EntityLedger entities = new EntityLedger();
    private long killedNanos = System.nanoTime();

    @Test
    @Tag("attack-43")
    void whatWasAcknowledgedSurvivesEveryKillAndNothingRunsTwice(@TempDir Path folder) throws Exception {
        System.out.printf("%d kills, seed %d%n", KILLS, SEED);
        ServerOptions options = ServerOptions.DEFAULT
                .withData(folder.resolve("data"))
                .with("sandbox.process.run-dir", runFolder(folder).toString())
                .with("pool.stem-cells", "no");
        try (var counter = new CounterService()) {
            var activations = new ActivationLedger(counter);
            createFunction(options);

            for (int round = 0; round < KILLS; round++) {
                if (random.nextInt(4) == 0) {
                    killWhileStarting(options);
                } else {
                    killWhileServing(options, activations, "round-" + round);
                }
            }

            checkEverything(options, activations);
            System.out.println(activations.summary());
            assertThat(activations.mustBeThere())
                    .as("answered calls whose record had to be there")
                    .isPositive();
        }
        assertThat(Folders.files(folder.resolve("run")))
                .as("left behind by killed servers")
                .isEmpty();
        Folders.deleteRecursively(folder.resolve("data"));
    }

    /// Where sandboxes have their sockets; their users must be able to go there.
    private static Path runFolder(Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        return folder.resolve("run");
    }

    private static void createFunction(ServerOptions options) {
        try (var server = WhirlServer.start(options)) {
            CountingFunction.store(Api.guest(server));
        }
    }

    private void killWhileStarting(ServerOptions options) throws InterruptedException {
        try (var server = WhirlServer.launch(options, WhirlServer.freePort())) {
            pause(random.nextInt(1500));
            assertThat(server.isAlive()).as(server::output).isTrue();
            kill(server);
        }
    }

    private void killWhileServing(ServerOptions options, ActivationLedger activations, String round)
            throws InterruptedException {
        try (var server = WhirlServer.start(options)) {
            Api api = Api.guest(server);
            entities.check(api);
            activations.check(api, killedNanos);
            try (var load = new Load(server, entities, activations, random.split(), round)) {
                load.start();
                load.awaitAnswers(1 + random.nextInt(60));
                pause(random.nextInt(MOST_MORE_MILLIS));
                kill(server);
            }
        }
    }

    private void checkEverything(ServerOptions options, ActivationLedger activations) {
        try (var server = WhirlServer.start(options)) {
            Api api = Api.guest(server);
            entities.check(api);
            activations.check(api, killedNanos);
            activations.checkAll(api);
        }
    }

    /// Kills the server; all its sandboxes must go with it.
    private void kill(WhirlServer server) {
        List<ProcessHandle> sandboxes = server.handle().descendants().toList();
        killedNanos = System.nanoTime();
        server.kill();
        Waiting.until(
                SANDBOXES_END,
                "sandboxes ended with the server",
                () -> sandboxes.stream().noneMatch(Processes::isRunning));
    }

    private static void pause(int millis) throws InterruptedException {
        assertThat(new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS)).isFalse();
    }

    @Test
    @Tag("attack-44")
    void garbageAtTheEndOfTheStoresLogIsCutOff(@TempDir Path folder) throws IOException {
        ServerOptions options = ServerOptions.DEFAULT.withData(folder.resolve("data"));
        try (var server = WhirlServer.start(options)) {
            CountingFunction.store(Api.guest(server));
            server.kill();
        }
        byte[] garbage = new byte[3000];
        new Random(SEED).nextBytes(garbage);
        Files.write(newestLog(folder), garbage, StandardOpenOption.APPEND);

        try (var server = WhirlServer.start(options)) {
            Api.guest(server).get(Api.action(CountingFunction.NAME)).expect(200);
            Api.guest(server).create("after", "nodejs:20", "function main() { return {}; }");
            Api.guest(server).result("after", "{}").expect(200);
        }
    }

    private static Path newestLog(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(each -> each.getFileName().toString().matches("\\d+\\.log"))
                    .max(Comparator.comparing(Path::getFileName))
                    .orElseThrow();
        }
    }
}
