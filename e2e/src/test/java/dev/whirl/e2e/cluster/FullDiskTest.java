package dev.whirl.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.crash.CountingFunction;
import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Code;
import dev.whirl.e2e.support.Names;
import dev.whirl.e2e.support.SmallDisk;
import dev.whirl.e2e.support.Waiting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The disk of a part of a cluster fills up under load, and is given room again.
@Tag("cluster")
@Tag("attack-44")
class FullDiskTest {
    private static final Duration RECOVERY = Duration.ofMinutes(1);
    private static final String IDENTITY = "const main = args => args";

    @Test
    void aBrokerWithoutRoomEndsAndIsWholeWhenItIsStartedWithSome() throws Exception {
        Path folder = Files.createTempDirectory("whirl-cluster-");
        try (SmallDisk disk = SmallDisk.ofMebibytes(128, Files.createDirectory(folder.resolve("broker")));
                TestCluster cluster = TestCluster.up(folder, disk.prefix())) {
            prepare(cluster);
            try (var callers = new Callers(cluster::api, 6)) {
                callers.awaitAnswers(100);
                disk.fill();
                cluster.awaitEnd("broker");
                callers.awaitStatus(503);

                disk.free();
                cluster.start("broker"); // as whoever looks after processes does
                callers.awaitSuccesses(100);
                callers.end();

                ClusterFaults.requireKeptPromises(callers, cluster);
            }
        }
    }

    @Test
    @Tag("long")
    void aDatabaseWithoutRoomCostsNoAcceptedCall() throws Exception {
        Path folder = Files.createTempDirectory("whirl-cluster-");
        try (SmallDisk disk = SmallDisk.ofMebibytes(64, Files.createDirectory(folder.resolve("database")));
                TestCluster cluster = TestCluster.up(folder, disk.prefix())) {
            prepare(cluster);
            try (var callers = new Callers(cluster::api, 6)) {
                callers.awaitAnswers(100);
                disk.fill();
                callers.awaitAnswers(100);

                disk.free();
                cluster.kill("database");
                cluster.start("database"); // as whoever looks after processes does
                callers.awaitSuccesses(100);
                callers.end();

                ClusterFaults.requireKeptPromises(callers, cluster);
            }
        }
    }

    @Test
    void invokersWithoutRoomStartNoSandboxesAndDoAgainWhenTheyHaveSome() throws Exception {
        Path folder = Files.createTempDirectory("whirl-cluster-");
        Path run = Files.createTempDirectory("whirl-run-");
        // sandboxes run as users of their own, who must be let pass
        Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (SmallDisk disk = SmallDisk.ofMebibytes(64, run);
                TestCluster cluster =
                        TestCluster.up(folder, disk.prefix(), "sandbox.process.run-dir=" + run.resolve("whirl"))) {
            prepare(cluster);
            try (var callers = new Callers(cluster::api, 6)) {
                callers.awaitAnswers(100);
                disk.fill();
                for (int i = 0; i < 4; i++) {
                    assertThat(callNew(cluster.api(i % 2))).isIn(200, 502, 503);
                }
                disk.free();
                Waiting.until(RECOVERY, () -> callNew(cluster.api(0)), status -> status == 200);
                callers.awaitSuccesses(100);
                callers.end();

                ClusterFaults.requireKeptPromises(callers, cluster);
                cluster.awaitWhole();
            }
        } finally {
            Files.delete(run);
        }
    }

    private static void prepare(TestCluster cluster) {
        CountingFunction.store(cluster.api(0));
        cluster.api(0).create("echo", Code.NODE, IDENTITY);
        cluster.awaitWhole();
    }

    /// Calls an action that has no sandbox yet.
    ///
    /// @return the status of the answer
    private static int callNew(Api api) {
        String name = Names.unique("new");
        api.create(name, Code.NODE, IDENTITY);
        return api.result(name, "{}").status();
    }
}
