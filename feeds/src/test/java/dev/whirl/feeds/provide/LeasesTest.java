package dev.whirl.feeds.provide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.feeds.DocumentsAround;
import dev.whirl.store.KeyedDocuments;
import dev.whirl.store.memory.MemoryStores;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LeasesTest {
    private static final Duration LEASE = Duration.ofSeconds(10);

    private final KeyedDocuments documents = new MemoryStores().feeds();
    private long nanos;

    @Test
    void aSingleProviderTakesAllSlots() {
        Leases a = leases("a");

        a.refresh();

        assertThat(count(a)).isEqualTo(Ownership.SLOTS);
    }

    @Test
    void aSecondProviderGetsHalfOfThemAndNoSlotHasTwo() {
        Leases a = leases("a");
        Leases b = leases("b");
        a.refresh();
        for (int i = 0; i < 3; i++) {
            b.refresh();
            requireNoneTwice(a, b);
            a.refresh();
            requireNoneTwice(a, b);
        }

        assertThat(count(a)).isEqualTo(Ownership.SLOTS / 2);
        assertThat(count(b)).isEqualTo(Ownership.SLOTS / 2);
    }

    @Test
    void theSlotsOfOneWhoIsSilentForAWholeLeaseAreTakenAndNotBefore() {
        Leases a = leases("a");
        Leases b = leases("b");
        a.refresh();
        b.refresh();

        for (int second = 1; second < 10; second++) {
            advance(Duration.ofSeconds(1));
            b.refresh();
            assertThat(count(b)).isZero();
        }
        assertThat(count(a)).as("it is not sure any more").isZero();
        advance(Duration.ofSeconds(1));
        b.refresh();

        assertThat(count(b)).isEqualTo(Ownership.SLOTS);
    }

    @Test
    void oneWhoComesBackLateSeesWhatItLost() {
        Leases a = leases("a");
        Leases b = leases("b");
        a.refresh();
        b.refresh();
        advance(Duration.ofSeconds(11));
        b.refresh();

        a.refresh();

        assertThat(count(a)).isZero();
        b.refresh();
        a.refresh();
        requireNoneTwice(a, b);
        assertThat(count(a) + count(b)).isEqualTo(Ownership.SLOTS);
    }

    /// One that has just started is not yet among those of whom it is known that they live.
    @Test
    void oneWhoStartsWhileAnotherLooksAroundKeepsWhatItTook() {
        Leases b = leases("b");
        KeyedDocuments interrupted = new DocumentsAround(documents) {
            private boolean hasStarted;

            @Override
            public List<Stored> page(String prefix, String after, int limit) {
                List<Stored> page = super.page(prefix, after, limit);
                if (!hasStarted && prefix.equals("provider/")) {
                    hasStarted = true;
                    b.refresh();
                }
                return page;
            }
        };
        var a = new Leases(interrupted, "a", LEASE, () -> nanos);

        a.refresh();

        assertThat(count(b)).isEqualTo(Ownership.SLOTS / 2);
        requireNoneTwice(a, b);
        b.refresh();
        requireNoneTwice(a, b);
        assertThat(count(a) + count(b)).isEqualTo(Ownership.SLOTS);
    }

    @Test
    void oneWhoLeavesGivesBackAtOnce() {
        Leases a = leases("a");
        Leases b = leases("b");
        a.refresh();
        b.refresh();

        a.release();
        b.refresh();

        assertThat(count(a)).isZero();
        assertThat(count(b)).isEqualTo(Ownership.SLOTS);
    }

    @Test
    void providersThatComeAndGoShareEqually() {
        var all = new ArrayList<Leases>();
        for (int i = 0; i < 5; i++) {
            all.add(leases("p" + i));
            for (int round = 0; round < 4; round++) {
                all.forEach(Leases::refresh);
                advance(Duration.ofSeconds(1));
            }
            requireNoneTwice(all.toArray(Leases[]::new));
            int most = (Ownership.SLOTS + all.size() - 1) / all.size();
            assertThat(all.stream().mapToLong(this::count).sum()).isEqualTo(Ownership.SLOTS);
            assertThat(all).allSatisfy(each -> assertThat(count(each)).isLessThanOrEqualTo(most));
        }
    }

    @Test
    void freeSlotsAreThoseThatNobodyAliveHolds() {
        var view = new SlotView(Map.of(0, "dead", 1, "a", 2, "b"), Set.of("a", "b"));

        assertThat(view.moves("a", 4)).isEqualTo(new SlotView.Moves(List.of(0), List.of()));
        assertThat(view.moves("a", 6)).isEqualTo(new SlotView.Moves(List.of(0, 3), List.of()));
        assertThat(new SlotView(Map.of(0, "a", 1, "a"), Set.of("a", "b")).moves("a", 2))
                .isEqualTo(new SlotView.Moves(List.of(), List.of(1)));
    }

    private Leases leases(String name) {
        return new Leases(documents, name, LEASE, () -> nanos);
    }

    private void advance(Duration step) {
        nanos += step.toNanos();
    }

    private long count(Leases leases) {
        return IntStream.range(0, Ownership.SLOTS).filter(leases::holds).count();
    }

    private static void requireNoneTwice(Leases... all) {
        for (int slot = 0; slot < Ownership.SLOTS; slot++) {
            int number = slot;
            assertThat(List.of(all).stream().filter(each -> each.holds(number)).count())
                    .as("holders of slot %d", slot)
                    .isLessThanOrEqualTo(1);
        }
    }
}
