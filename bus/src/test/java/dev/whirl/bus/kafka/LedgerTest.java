package dev.whirl.bus.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.bus.kafka.Ledger.Arrival;
import dev.whirl.bus.kafka.Progress.Run;
import dev.whirl.bus.kafka.Progress.State;
import dev.whirl.model.activation.ActivationId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerTest {
    @Test
    void progressTellsWhatIsNotDoneAndWhatIsDoneInBetween() {
        var ledger = new Ledger(Progress.none(10), 10);
        List<ActivationId> ids = ids(6);
        for (int i = 0; i < 6; i++) {
            ledger.arrive(10 + i, ids.get(i), true);
        }

        ledger.settle(ids.get(0));
        ledger.start(ids.get(2));
        ledger.settle(ids.get(3));
        ledger.settle(ids.get(4));
        Progress progress = ledger.progress("ab", false);

        assertThat(progress.toText()).isEqualTo("1 ab d tsx2t");
        assertThat(progress.watermark()).isEqualTo(11);
        assertThat(Progress.parse(11, "1 ab d tsx2t")).isEqualTo(progress);
    }

    @Test
    void onlyTheFirstStartCounts() {
        var ledger = new Ledger(Progress.none(0), 0);
        ActivationId id = ActivationId.random();
        ledger.arrive(0, id, true);

        assertThat(ledger.start(id)).isTrue();
        assertThat(ledger.start(id)).isFalse();
        assertThat(ledger.start(ActivationId.random())).isFalse();
    }

    @Test
    void whatWasRefusedIsHandedOverAgainAndNothingElse() {
        var ledger = new Ledger(Progress.none(0), 0);
        List<ActivationId> ids = ids(3);
        for (int i = 0; i < 3; i++) {
            ledger.arrive(i, ids.get(i), true);
        }
        ledger.start(ids.get(1));

        ledger.refuse(ids.get(1));

        assertThat(ledger.resumeAt()).isEqualTo(1);
        assertThat(ledger.isDone(1)).isFalse();
        assertThat(ledger.isDone(2)).isTrue();
        assertThat(ledger.start(ids.get(1))).isFalse();
        assertThat(ledger.arrive(1, ids.get(1), true)).isEqualTo(Arrival.FRESH);
        assertThat(ledger.start(ids.get(1))).isTrue();
    }

    @Test
    void whatTheHolderBeforeMayHaveStartedIsLeft() {
        Progress told = Progress.parse(5, "1 ab d tsxt");
        var ledger = new Ledger(told, 9);
        List<ActivationId> ids = ids(6);

        assertThat(ledger.arrive(5, ids.get(0), true)).isEqualTo(Arrival.FRESH);
        assertThat(ledger.arrive(6, ids.get(1), true)).isEqualTo(Arrival.LEFT);
        assertThat(ledger.isDone(7)).isTrue();
        assertThat(ledger.arrive(8, ids.get(3), false)).isEqualTo(Arrival.LEFT);
        assertThat(ledger.arrive(9, ids.get(4), false)).isEqualTo(Arrival.FRESH);
    }

    @Test
    void afterACleanEndWhatNobodyStartedIsFresh() {
        var ledger = new Ledger(Progress.parse(5, "1 ab c s"), 5);

        assertThat(ledger.arrive(5, ActivationId.random(), true)).isEqualTo(Arrival.LEFT);
        assertThat(ledger.arrive(6, ActivationId.random(), false)).isEqualTo(Arrival.FRESH);
    }

    @Test
    void whatAnotherProgramWroteCountsAsStarted() {
        Progress told = Progress.parse(5, "something else");
        var ledger = new Ledger(told, 7);

        assertThat(ledger.arrive(5, ActivationId.random(), true)).isEqualTo(Arrival.LEFT);
        assertThat(ledger.arrive(7, ActivationId.random(), true)).isEqualTo(Arrival.FRESH);
        assertThat(ledger.progress("ab", false).toText()).isEqualTo("1 ab d sxt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 ab d s2x!", "1 ab d 5t", "1 ab d t1234567890123456789", "2 ab d s2", "1 zz d s", "x"})
    void whatIsNotUnderstoodLeavesNothingToBeStarted(String text) {
        Progress told = Progress.parse(7, text);

        assertThat(told.isClean()).isFalse();
        assertThat(told.stateAt(7)).isEqualTo(State.STARTED);
        assertThat(told.stateAt(1_000_000)).isEqualTo(State.STARTED);
    }

    @Test
    void tooLongATextIsShortenedTowardsStarted() {
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            runs.add(new Run(List.of(State.TAKEN, State.STARTED, State.SETTLED).get(i % 3), 1 + i % 40));
        }
        var exact = new Progress(0, "ab", false, runs);

        Progress told = exact.within(4_000);

        assertThat(told.toText().length()).isLessThanOrEqualTo(4_000);
        long end = runs.stream().mapToLong(Run::count).sum();
        assertThat(LongStream.iterate(0, each -> each < end, each -> each + 7)
                        .allMatch(each -> isSafe(exact.stateAt(each), told.stateAt(each))))
                .isTrue();
        assertThat(told.stateAt(end)).isEqualTo(State.TAKEN);
        assertThat(Progress.parse(0, told.toText())).isEqualTo(told);
    }

    private static boolean isSafe(State known, State told) {
        return told == known || told == State.STARTED;
    }

    private static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    /// Holders take turns, crash, lose the lease, and come back.
    @ParameterizedTest
    @MethodSource("seeds")
    void everyAcceptedInvocationRunsAtMostOnceAndIsNeverLost(long seed) {
        var world = new World(seed);

        world.play(400);
        world.drain();

        for (ActivationId id : world.topic) {
            assertThat(world.runs.getOrDefault(id, 0)).as("runs of %s", id).isLessThanOrEqualTo(1);
            assertThat(world.runs.containsKey(id) || world.left.contains(id))
                    .as("%s is not lost", id)
                    .isTrue();
        }
    }

    /// One topic, its committed progress, and whoever holds the lease.
    private static final class World {
        final List<ActivationId> topic = new ArrayList<>();
        final Set<ActivationId> accepted = new HashSet<>();
        final Map<ActivationId, Integer> runs = new HashMap<>();
        final Set<ActivationId> left = new HashSet<>();
        private final Random random;
        private final int room;
        private final List<ActivationId> waiting = new ArrayList<>();
        private final List<ActivationId> running = new ArrayList<>();
        private Progress committed = Progress.none(0);
        private Ledger ledger = new Ledger(committed, 0);
        private long position;

        World(long seed) {
            random = new Random(seed);
            room = random.nextBoolean() ? 4_000 : 40;
            commit(false); // the first holder marks the lease, too
        }

        void play(int steps) {
            for (int i = 0; i < steps; i++) {
                switch (random.nextInt(12)) {
                    case 0, 1, 2 -> publish();
                    case 3, 4, 5 -> read();
                    case 6, 7 -> startSome();
                    case 8 -> settleOne();
                    case 9 -> commit(false);
                    case 10 -> refuseOne();
                    default -> change();
                }
            }
        }

        void drain() {
            while (position < topic.size() || ledger.hasRefused() || !waiting.isEmpty() || !running.isEmpty()) {
                read();
                startSome();
                settleOne();
                position = Math.min(position, ledger.resumeAt());
            }
        }

        private void publish() {
            ActivationId id = ActivationId.random();
            topic.add(id);
            if (random.nextInt(3) > 0) {
                accepted.add(id);
            }
        }

        private void read() {
            if (position >= topic.size()) {
                return;
            }
            long offset = position++;
            if (ledger.isDone(offset)) {
                ledger.done(offset);
                return;
            }
            ActivationId id = topic.get((int) offset);
            switch (ledger.arrive(offset, id, accepted.contains(id))) {
                case FRESH -> fresh(id);
                case LEFT -> {
                    left.add(id);
                    ledger.settle(id);
                }
                case SKIP -> {}
            }
        }

        /// Whose caller waits needs no word before it runs.
        private void fresh(ActivationId id) {
            if (accepted.contains(id)) {
                waiting.add(id);
            } else {
                runs.merge(id, 1, Integer::sum);
                running.add(id);
            }
        }

        private void startSome() {
            List<ActivationId> starting = waiting.stream()
                    .filter(_ -> random.nextBoolean())
                    .filter(ledger::start)
                    .toList();
            commit(false);
            starting.forEach(each -> runs.merge(each, 1, Integer::sum));
            waiting.removeAll(starting);
            running.addAll(starting);
        }

        private void settleOne() {
            if (!running.isEmpty()) {
                ledger.settle(running.remove(random.nextInt(running.size())));
            }
        }

        private void refuseOne() {
            if (!waiting.isEmpty()) {
                ledger.refuseUnstarted(waiting.remove(random.nextInt(waiting.size())));
                position = ledger.resumeAt();
            }
        }

        private void commit(boolean isClean) {
            committed = Progress.parse(
                    0, ledger.progress("ab", isClean).within(room).toText());
            committed = new Progress(ledger.progress("ab", isClean).watermark(), "ab", isClean, committed.runs());
        }

        /// Another holder, after a crash or a good end.
        private void change() {
            if (random.nextInt(3) == 0) {
                ledger.abandon();
                commit(ledger.isPastLeft());
            }
            waiting.clear();
            running.clear();
            ledger = new Ledger(committed, committed.isClean() ? committed.watermark() : topic.size());
            position = ledger.resumeAt();
            commit(false);
        }
    }

    private static List<ActivationId> ids(int count) {
        List<ActivationId> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(ActivationId.random());
        }
        return ids;
    }
}
