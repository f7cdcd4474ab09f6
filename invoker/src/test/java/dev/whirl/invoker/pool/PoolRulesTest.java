package dev.whirl.invoker.pool;

import static dev.whirl.invoker.pool.Fixtures.MILLI;
import static dev.whirl.invoker.pool.ViewOf.slot;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.invoker.pool.PoolDecision.For;
import dev.whirl.invoker.pool.PoolDecision.StartCold;
import dev.whirl.invoker.pool.PoolDecision.UsePrewarmed;
import dev.whirl.invoker.pool.PoolDecision.UseWarm;
import dev.whirl.invoker.pool.PoolDecision.Wait;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PoolRulesTest {
    private static final long NOW = 1_000 * MILLI;

    private final ViewOf view = new ViewOf();
    private final Job job = Fixtures.job(Fixtures.demand("hello", 256), 1, NOW);

    @Test
    @Tag("I-19")
    void aWarmPlaceComesFirst() {
        view.warm = slot(1, 256);
        view.stem = slot(2, 256);
        view.free(1024);

        assertThat(decide()).isEqualTo(new UseWarm(view.warm));
    }

    @Test
    @Tag("I-19")
    void aStemCellComesBeforeAColdStart() {
        view.stem = stem(slot(2, 256));
        view.free(1024);

        assertThat(decide()).isEqualTo(new UsePrewarmed(view.stem, List.of()));
    }

    @Test
    @Tag("P-1")
    void aStemCellOfAnyMemorySizeIsUsed() {
        view.stem = stem(slot(2, 128));
        view.free(128);

        assertThat(decide()).isEqualTo(new UsePrewarmed(view.stem, List.of()));
    }

    @Test
    @Tag("P-1")
    void aStemCellThatHasToGrowEvictsForTheDifferenceOnly() {
        view.stem = stem(slot(2, 128));
        view.free(64);
        view.idle.addAll(List.of(slot(3, 128), slot(4, 128)));

        assertThat(decide()).isEqualTo(new UsePrewarmed(view.stem, List.of(view.idle.getFirst())));
    }

    @Test
    @Tag("P-1")
    void aStemCellThatCannotGrowIsNotEvictedForItself() {
        view.stem = stem(slot(2, 128));
        view.free(64);

        assertThat(decide()).isEqualTo(new Wait(For.MEMORY));
    }

    @Test
    @Tag("I-19")
    void aFirstJobStartsASandboxWhenThereIsRoom() {
        view.free(256);

        assertThat(decide()).isEqualTo(new StartCold(List.of()));
    }

    @Test
    @Tag("I-19")
    void coldStartEvictsTheLongestIdleSandboxFirst() {
        view.free(0);
        view.idle.addAll(List.of(slot(3, 256), slot(4, 256)));

        assertThat(decide()).isEqualTo(new StartCold(List.of(view.idle.getFirst())));
    }

    @Test
    @Tag("I-19")
    void coldStartEvictsAsManyAsNeeded() {
        view.free(64);
        view.idle.addAll(List.of(slot(3, 128), slot(4, 128), slot(5, 128)));

        assertThat(decide()).isEqualTo(new StartCold(view.idle.subList(0, 2)));
    }

    @Test
    @Tag("I-19")
    void stemCellsOfOtherRuntimesMakeRoomAfterAllIdleSandboxes() {
        view.free(0);
        view.idle.add(slot(3, 128));
        view.stems.add(slot(9, 256));

        assertThat(decide()).isEqualTo(new StartCold(List.of(view.idle.getFirst(), view.stems.getFirst())));
    }

    @Test
    @Tag("I-19")
    void nothingIsEvictedIfItWouldNotHelp() {
        view.free(64);
        view.idle.add(slot(3, 128));

        assertThat(decide()).isEqualTo(new Wait(For.MEMORY));
    }

    @Test
    void aBurstOnAWarmActionWaits() {
        view.free(4096).load(1, 1, 0, 30, MILLI);

        assertThat(decide()).isEqualTo(new Wait(For.PLACE));
    }

    @Test
    void anotherSandboxIsStartedWhenTheQueueIsLongerThanAStart() {
        view.free(4096).load(1, 1, 0, 161, MILLI);

        assertThat(decide()).isEqualTo(new StartCold(List.of()));
    }

    @Test
    void moreServingPlacesMakeTheExpectedWaitShorter() {
        view.free(4096).load(2, 2, 0, 161, MILLI);

        assertThat(decide()).isEqualTo(new Wait(For.PLACE));
    }

    @Test
    void aStemCellIsUsedForABurstThatWouldNotJustifyAColdStart() {
        view.stem = stem(slot(2, 256));
        view.free(4096).load(1, 1, 0, 30, MILLI);

        assertThat(decide()).isEqualTo(new UsePrewarmed(view.stem, List.of()));
    }

    @Test
    void aJobThatHasWaitedLongerThanAStartGetsOne() {
        Job old = Fixtures.job(Fixtures.demand("hello", 256), 1, NOW - 151 * MILLI);
        view.free(4096).load(1, 1, 0, 1, 0);

        assertThat(PoolRules.decide(view, old, NOW)).isEqualTo(new StartCold(List.of()));
        assertThat(decide()).isEqualTo(new Wait(For.PLACE));
    }

    @Test
    void jobsThatWaitWithoutABreakGetAHandfulOfSandboxes() {
        view.backlogSinceNanos = NOW - 151 * MILLI;
        view.free(4096).load(1, 1, 0, 5, MILLI / 10);
        assertThat(decide()).isEqualTo(new StartCold(List.of()));

        view.load(2, 2, 0, 5, MILLI / 10);
        assertThat(decide()).isEqualTo(new Wait(For.PLACE));
    }

    @Test
    void aStemCellBeyondAHandfulIsWorthAsMuchAsAStart() {
        view.stem = stem(slot(2, 256));
        view.free(4096).load(2, 2, 0, 30, 2 * MILLI);
        assertThat(decide()).isEqualTo(new Wait(For.PLACE));

        view.load(2, 2, 0, 30, 20 * MILLI);
        assertThat(decide()).isEqualTo(new UsePrewarmed(view.stem, List.of()));
    }

    @Test
    void theFirstSandboxesOfAnActionAreAwaitedForAsLongAsAStartBeforeThereAreMore() {
        view.free(4096).load(2, 0, 0, 30, 0);
        Job old = Fixtures.job(Fixtures.demand("hello", 256), 1, NOW - 161 * MILLI);

        assertThat(decide()).isEqualTo(new Wait(For.PLACE));
        assertThat(PoolRules.decide(view, old, NOW)).isEqualTo(new StartCold(List.of()));
    }

    @Test
    @Tag("P-8")
    void quickWorkGetsNoMoreSandboxesWhereAllProcessorsAreBusy() {
        Job old = Fixtures.job(Fixtures.demand("hello", 256), 1, NOW - 500 * MILLI);
        view.backlogSinceNanos = 0;
        view.free(4096).load(2, 2, 0, 1_000, MILLI);
        assertThat(PoolRules.decide(view, old, NOW)).isEqualTo(new StartCold(List.of()));

        view.areProcessorsBusy = true;
        assertThat(PoolRules.decide(view, old, NOW)).isEqualTo(new Wait(For.PLACE));

        view.load(1, 1, 0, 1_000, MILLI);
        assertThat(PoolRules.decide(view, old, NOW)).isEqualTo(new Wait(For.PLACE));

        view.load(2, 0, 0, 1_000, MILLI);
        assertThat(PoolRules.decide(view, old, NOW)).isEqualTo(new StartCold(List.of()));
    }

    @Test
    @Tag("P-8")
    void longWorkGetsItsSandboxesThoughAllProcessorsAreBusy() {
        view.areProcessorsBusy = true;
        view.free(4096).load(2, 2, 0, 30, 100 * MILLI);
        assertThat(decide()).isEqualTo(new StartCold(List.of()));

        view.load(6, 6, 0, 30, 100 * MILLI); // a processor is done with one every 33 ms or sooner
        assertThat(decide()).isEqualTo(new Wait(For.PLACE));
    }

    @Test
    @Tag("P-8")
    void quickWorkThatWaitsForASecondGetsOneMoreEachSecond() {
        Job old = Fixtures.job(Fixtures.demand("hello", 256), 1, NOW - 1_000 * MILLI);
        view.areProcessorsBusy = true;
        view.backlogSinceNanos = NOW - 999 * MILLI;
        view.free(4096).load(2, 2, 0, 1_000, MILLI);
        assertThat(PoolRules.decide(view, old, NOW)).isEqualTo(new Wait(For.PLACE));

        view.backlogSinceNanos = NOW - 1_000 * MILLI;
        view.load(2, 2, 0, 1_000, MILLI);
        assertThat(PoolRules.decide(view, old, NOW)).isEqualTo(new StartCold(List.of()));
    }

    @Test
    void whereASandboxServesOneActivationNobodyWaitsForItsPlace() {
        var demand = new Demand(Fixtures.key("hello"), Fixtures.spec("node", 256), 1, null, true);
        Job alone = Fixtures.job(demand, 1, NOW);
        view.areProcessorsBusy = true;
        view.free(4096).load(8, 8, 0, 1, MILLI);

        assertThat(PoolRules.decide(view, alone, NOW)).isEqualTo(new StartCold(List.of()));
    }

    @Test
    void noMoreStartsThanWaitingJobsNeed() {
        view.free(4096).load(3, 1, 2, 2, 1_000 * MILLI);

        assertThat(decide()).isEqualTo(new Wait(For.PLACE));
    }

    @Test
    @Tag("K-18")
    void oneStartServesAsManyWaitingJobsAsItHasPlaces() {
        view.free(4096).load(1, 0, 64, 64, 0);
        assertThat(decide()).isEqualTo(new Wait(For.PLACE));

        view.load(1, 0, 64, 65, 0);
        assertThat(decide()).isEqualTo(new StartCold(List.of()));
    }

    @Test
    void theInstancesLimitOfAnActionHolds() {
        Job limited = Fixtures.job(Fixtures.demand("hello", 256, 1, 2), 1, 0);
        view.free(4096).load(2, 2, 0, 100, 1_000 * MILLI);
        assertThat(PoolRules.decide(view, limited, NOW)).isEqualTo(new Wait(For.PLACE));

        view.load(1, 1, 0, 100, 1_000 * MILLI);
        assertThat(PoolRules.decide(view, limited, NOW)).isEqualTo(new StartCold(List.of()));
    }

    @Test
    @Tag("attack-29")
    void onlySoManySandboxesAreStartedAtATime() {
        view.free(4096);
        view.starting = 4;

        assertThat(decide()).isEqualTo(new Wait(For.START));
    }

    @Test
    @Tag("attack-29")
    void whoseStartsDoNotEndWaitsForThemAndTakesNoMore() {
        view.free(4096);
        view.startingForCaller = 4;

        assertThat(decide()).isEqualTo(new Wait(For.PLACE));
    }

    @Test
    @Tag("attack-29")
    void halfOfTheStartsAreKeptForActionsThatHaveNoSandbox() {
        view.free(4096);
        view.starting = 2;
        assertThat(decide()).isEqualTo(new StartCold(List.of()));

        view.load(1, 1, 0, 1_000, 1_000 * MILLI);
        assertThat(decide()).isEqualTo(new Wait(For.START));
    }

    @Test
    @Tag("P-7")
    void memoryIsKeptForAJobThatCameBeforeAndHasWaitedLong() {
        view.free(256);
        view.reservedBytes = 512L * 1024 * 1024;

        assertThat(decide()).isEqualTo(new Wait(For.MEMORY));
    }

    private Slot stem(Slot slot) {
        view.stems.add(slot);
        return slot;
    }

    private PoolDecision decide() {
        return PoolRules.decide(view, job, NOW);
    }

    @Test
    @Tag("R-180")
    void aSandboxIsPreparedOnlyWhereItCostsNobodyAnything() {
        Demand next = Fixtures.demand("next", 256);

        assertThat(PoolRules.isWorthPreparing(unused(), next, NOW)).isTrue();
        assertThat(PoolRules.isWorthPreparing(unused().free(128), next, NOW)).isFalse();
        assertThat(PoolRules.isWorthPreparing(unused().load(1, 1, 0, 0, 0), next, NOW))
                .isFalse();
        ViewOf withStem = unused();
        withStem.stem = ViewOf.slot(1, 256);
        assertThat(PoolRules.isWorthPreparing(withStem, next, NOW)).isFalse();
        ViewOf withJobs = unused();
        withJobs.waiting = 1;
        assertThat(PoolRules.isWorthPreparing(withJobs, next, NOW)).isFalse();
        ViewOf starting = unused();
        starting.starting = 2;
        assertThat(PoolRules.isWorthPreparing(starting, next, NOW)).isFalse();
        ViewOf withIdle = unused().free(0);
        withIdle.idle.add(ViewOf.slot(1, 512));
        assertThat(PoolRules.isWorthPreparing(withIdle, next, NOW)).isFalse();
    }

    private static ViewOf unused() {
        return new ViewOf().free(1024).load(0, 0, 0, 0, 0);
    }
}
