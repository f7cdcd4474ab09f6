package dev.whirl.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Code;
import dev.whirl.e2e.support.Waiting;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What happens when a gateway can't reach Redis, or a provider of feeds the database, and then can again.
@Tag("cluster")
@Tag("long")
@Tag("attack-46")
class OtherPartitionsTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int CALLS_WHILE_CUT = 20;
    private static TestCluster cluster;
    private static Links links;

    @BeforeAll
    static void up() throws Exception {
        cluster = TestCluster.up();
        cluster.api(0).create("echo", Code.NODE, "const main = args => args");
        links = Links.ofOthers(cluster);
    }

    @AfterAll
    static void down() throws Exception {
        cluster.close();
        links.close();
    }

    @Test
    void aGatewayThatCanNotReachRedisServesOnAndCatchesUp() throws Exception {
        String known = ApiOfTests.create(cluster.api(0), "known");
        awaitHello(known);
        Api gateway = cluster.gateway();
        Link toRedis = links.between("gateway0", "redis");
        String made;

        toRedis.cut();
        try {
            made = ApiOfTests.create(cluster.api(0), "made-meanwhile");
            for (int i = 0; i < CALLS_WHILE_CUT; i++) {
                Thread.sleep(ClusterFaults.STILL.dividedBy(CALLS_WHILE_CUT)); // the fault itself lasts
                assertThat(gateway.get(known).status()).isEqualTo(200);
            }
            assertThat(gateway.get(made).status())
                    .as("what is not known before the link is whole")
                    .isEqualTo(404);
        } finally {
            toRedis.heal();
        }

        awaitHello(made);
    }

    @Test
    void aProviderOfFeedsThatCanNotReachTheDatabaseMissesNothing() throws Exception {
        try (var alarm = TickingAlarm.start(cluster.api(0), "cut-ticks")) {
            alarm.awaitFirings();

            links.between("feeds0", "database").cutFor(ClusterFaults.STILL);

            alarm.requireEachOnceUntil(Instant.now());
        }
    }

    private static void awaitHello(String path) {
        Api gateway = cluster.gateway();
        Waiting.until(SOON, () -> gateway.get(path), answer -> answer.status() == 200);
    }
}
