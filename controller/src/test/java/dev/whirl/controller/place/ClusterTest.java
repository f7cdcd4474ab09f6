package dev.whirl.controller.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whirl.common.time.ManualClock;
import dev.whirl.common.units.ByteSize;
import dev.whirl.controller.place.RecentOutcomes.Outcome;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.message.Heartbeat;
import dev.whirl.model.message.InvokerId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ClusterTest {
    private static final EntityId ACTION = EntityId.of(new NamespaceName("ns"), new EntityName("a"));
    private static final PlacementRequest REQUEST =
            new PlacementRequest(ACTION, ByteSize.mebibytes(256).bytes(), 1);

    private final ManualClock clock = new ManualClock(Instant.EPOCH);
    private final Cluster cluster =
            new Cluster(new PlacementConfig(Duration.ofMillis(50), 10, 3, Duration.ofSeconds(10)), clock);

    @Test
    @Tag("I-14")
    void aSilentInvokerGetsNoWorkUntilItSpeaksAgain() throws Exception {
        cluster.hear(beat(0, 512, Map.of()));
        assertThat(cluster.reserve(REQUEST)).isEqualTo(on(0));

        clock.advance(Duration.ofSeconds(10));

        assertThat(cluster.reserve(REQUEST)).isEqualTo(new Placement.NoCapacity(0));
        assertThat(cluster.healthy()).isZero();
        cluster.hear(beat(0, 512, Map.of()));
        assertThat(cluster.reserve(REQUEST)).isEqualTo(on(0));
    }

    @Test
    @Tag("I-14")
    void whatFellSilentIsNoticedAndComesBackWithItsNextWord() throws Exception {
        assertThat(cluster.summary()).isEqualTo("none has reported yet");
        cluster.hear(beat(0, 512, Map.of()));
        cluster.hear(beat(1, 512, Map.of()));
        clock.advance(Duration.ofSeconds(9));
        cluster.hear(beat(1, 512, Map.of()));
        clock.advance(Duration.ofSeconds(1));

        assertThat(cluster.awaitTests(Duration.ofMinutes(1))).isEmpty();

        assertThat(cluster.summary()).isEqualTo("1 down, 1 up");
        assertThat(cluster.health().firstEntry().getValue().reason()).isEqualTo("it sends no heartbeats");
        assertThat(cluster.count("down")).isEqualTo(1);
        cluster.hear(beat(0, 512, Map.of()));
        assertThat(cluster.summary()).isEqualTo("2 up");
    }

    @Test
    @Tag("I-14")
    void aSickInvokerGetsTestsAndNoWorkUntilItsLastOutcomesAreGood() throws Exception {
        cluster.hear(beat(0, 512, Map.of()));
        for (int i = 0; i < 4; i++) {
            cluster.ended(new InvokerId(0), Outcome.SYSTEM_ERROR);
        }

        assertThat(cluster.reserve(REQUEST)).isEqualTo(new Placement.NoCapacity(0));
        for (int i = 0; i < 7; i++) {
            assertThat(cluster.awaitTests(Duration.ZERO)).containsExactly(new InvokerId(0));
            assertThat(cluster.awaitTests(Duration.ZERO)).isEmpty();
            cluster.ended(new InvokerId(0), Outcome.DONE);
        }

        assertThat(cluster.awaitTests(Duration.ZERO)).isEmpty();
        assertThat(cluster.reserve(REQUEST)).isEqualTo(on(0));
    }

    @Test
    void warmPlacesAreCountedBetweenHeartbeats() throws Exception {
        cluster.hear(beat(0, 0, Map.of(ACTION, 1)));
        cluster.hear(beat(1, 512, Map.of()));

        assertThat(cluster.reserve(REQUEST)).isEqualTo(on(0));
        assertThat(cluster.reserve(REQUEST)).isEqualTo(on(1));
        cluster.free(new InvokerId(0), REQUEST);
        assertThat(cluster.reserve(REQUEST)).isEqualTo(on(0));
    }

    @Test
    void whatOthersHearTheEndOfCountsUntilTheNextHeartbeat() throws Exception {
        cluster.hear(beat(0, 256, Map.of()));
        cluster.hear(beat(1, 256, Map.of()));
        Placement first = cluster.reserve(REQUEST);
        InvokerId invoker = ((Placement.On) first).invoker();

        cluster.handedOn(invoker, REQUEST);

        assertThat(cluster.reserve(REQUEST)).isNotEqualTo(first);
        cluster.hear(beat(invoker.number(), 256, Map.of()));
        assertThat(cluster.reserve(REQUEST)).isEqualTo(first);
    }

    @Test
    void aFullInvokerTakesMoreWhenAPlaceIsFree() throws Exception {
        cluster.hear(beat(0, 0, Map.of()));
        for (int i = 0; i < 3; i++) {
            assertThat(cluster.reserve(REQUEST)).isEqualTo(on(0));
        }
        assertThat(cluster.reserve(REQUEST)).isEqualTo(new Placement.NoCapacity(1));
        var patient = new Cluster(new PlacementConfig(Duration.ofMinutes(1), 10, 1, Duration.ofSeconds(10)), clock);
        patient.hear(beat(0, 0, Map.of()));
        patient.reserve(REQUEST);
        var placed = new LinkedBlockingQueue<Placement>();
        Thread.startVirtualThread(() -> {
            try {
                placed.add(patient.reserve(REQUEST));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        await().until(() -> patient.waiting() == 1);

        patient.free(new InvokerId(0), REQUEST);

        await().until(() -> !placed.isEmpty());
        assertThat(placed.element()).isEqualTo(on(0));
    }

    @Test
    void aDrainingInvokerGetsNoWork() throws Exception {
        cluster.hear(new Heartbeat(new InvokerId(0), ByteSize.mebibytes(512), ByteSize.ZERO, Map.of(), true));

        assertThat(cluster.reserve(REQUEST)).isEqualTo(new Placement.NoCapacity(0));
    }

    private static Heartbeat beat(int invoker, long freeMebibytes, Map<EntityId, Integer> warm) {
        return new Heartbeat(
                new InvokerId(invoker), ByteSize.mebibytes(512), ByteSize.mebibytes(freeMebibytes), warm, false);
    }

    private static Placement on(int number) {
        return new Placement.On(new InvokerId(number));
    }
}
