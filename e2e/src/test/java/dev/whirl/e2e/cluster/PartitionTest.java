package dev.whirl.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.crash.CountingFunction;
import dev.whirl.e2e.support.Code;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What happens when a part of a cluster and an engine can't reach each other for longer than leases last, and then can
/// again. Every test leaves the cluster as it found it: whole.
@Tag("cluster")
class PartitionTest {
    private static TestCluster cluster;
    private static Links links;

    @BeforeAll
    static void up() throws Exception {
        cluster = TestCluster.up();
        CountingFunction.store(cluster.api(0));
        cluster.api(0).create("echo", Code.NODE, "const main = args => args");
        links = Links.within(cluster);
        cluster.awaitWhole();
    }

    @AfterAll
    static void down() throws Exception {
        cluster.close();
        links.close();
    }

    @ParameterizedTest(name = "{0} and {1}")
    @CsvSource({"invoker0, broker", "controller0, database"})
    @Tag("attack-46")
    void aCutBetweenTwoCostsNoAcceptedCallAndMendsItself(String part, String engine) throws Exception {
        cut(part, engine);
    }

    @ParameterizedTest(name = "{0} and {1}")
    @CsvSource({"controller0, broker", "invoker0, database"})
    @Tag("attack-46")
    @Tag("long")
    void neitherDoesACutBetweenTheOthers(String part, String engine) throws Exception {
        cut(part, engine);
    }

    private static void cut(String part, String engine) throws Exception {
        try (var callers = new Callers(cluster::api, 6)) {
            callers.awaitAnswers(60);
            links.between(part, engine).cutFor(ClusterFaults.STILL);
            callers.awaitSuccesses(60);
            callers.end();

            ClusterFaults.requireKeptPromises(callers, cluster);
            cluster.awaitWhole();
        }
    }

    @Test
    @Tag("attack-44")
    void aSlowDatabaseMakesNobodyWaitForItsWritesAndLosesNone() throws Exception {
        try (var callers = new Callers(cluster::api, 6)) {
            callers.awaitAnswers(60);
            links.to("database").forEach(each -> each.delay(Duration.ofMillis(300)));
            callers.callFor(ClusterFaults.STILL.multipliedBy(ClusterFaults.ROUNDS));
            callers.awaitSuccesses(60);
            links.to("database").forEach(each -> each.delay(Duration.ZERO));
            callers.end();

            ClusterFaults.requireKeptPromises(callers, cluster);
            assertThat(callers.statuses()).isSubsetOf(200, 202);
        } finally {
            links.to("database").forEach(each -> each.delay(Duration.ZERO));
        }
    }
}
