package dev.whirl.invoker.pool;

import static dev.whirl.invoker.pool.Fixtures.MILLI;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.invoker.pool.DayOfCalls.Call;
import dev.whirl.invoker.pool.SimulatedPool.Ticket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A day of calls, replayed on a virtual clock.
class DemandReplayTest {
    private static final List<StemCell> STEMS =
            List.of(new StemCell(Fixtures.spec("node", 256), 2), new StemCell(Fixtures.spec("python", 256), 2));

    /// About what ten minutes of keep-alive take in the mean where memory has no end.
    private static final int MEGABYTES = 30_000;

    /// How the calls of a day came to their sandboxes.
    ///
    /// @param cold waited for the start of a sandbox
    /// @param prewarmed got a stem cell
    record Outcome(int calls, int cold, int prewarmed, double meanMegabytes) {
        int notWarm() {
            return cold + prewarmed;
        }

        String row(String name) {
            return "%-40s %8d %8d %8d %8.0f".formatted(name, calls, cold, prewarmed, meanMegabytes);
        }
    }

    @Test
    void whatIsLearnedFromTheCallsOfADaySavesColdStartsAtEqualMemory() {
        List<Call> calls = DayOfCalls.of(1);

        Outcome fixed = replay(calls, MEGABYTES, false);
        Outcome learned = replay(calls, MEGABYTES, true);

        System.out.println("%-40s %8s %8s %8s %8s".formatted("a day of calls", "calls", "cold", "stem", "mean MB"));
        System.out.println(fixed.row("ten minutes, the longest idle goes first"));
        System.out.println(learned.row("learned from the calls"));
        assertThat(learned.cold()).isLessThan(fixed.cold() / 10);
        assertThat(learned.notWarm()).isLessThan((int) (0.7 * fixed.notWarm()));
        assertThat(learned.meanMegabytes()).isLessThan(1.02 * fixed.meanMegabytes());
    }

    private static Outcome replay(List<Call> calls, int megabytes, boolean learns) {
        var pool = new SimulatedPool(Fixtures.config(megabytes, learns ? Fixtures.LEARNED : Fixtures.FIXED), STEMS, 1);
        pool.isChecked = false;
        pool.tickNanos = 1_000 * MILLI;
        var used = new double[2];
        pool.whenTicked = () -> {
            used[0] += pool.roster.tally.usedBytes / 1048576.0;
            used[1]++;
        };
        var tickets = new ArrayList<Ticket>();
        for (Call each : calls) {
            pool.at(each.at(), () -> tickets.add(pool.submit(each.demand(), each.runNanos())));
        }
        pool.runUntil(DayOfCalls.DAY + 60_000 * MILLI);
        pool.checkEnd();
        return new Outcome(
                tickets.size(), count(tickets, StartKind.COLD), count(tickets, StartKind.PREWARMED), used[0] / used[1]);
    }

    private static int count(List<Ticket> tickets, StartKind kind) {
        return (int) tickets.stream()
                .filter(each ->
                        each.answer instanceof Job.Place(var _, Job.Task.Initialize(var _, var start)) && start == kind)
                .count();
    }
}
