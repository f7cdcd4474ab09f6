package dev.whirl.e2e.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Answer;
import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.CounterService;
import dev.whirl.e2e.support.Waiting;
import dev.whirl.model.ActivationMessages;
import dev.whirl.model.json.RawJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/// What a caller was told about its activations, and what must therefore be true after a crash.
///
/// - Accepted (202): exactly one terminal record, and run at most once.
/// - Answered (200): run exactly once, and recorded unless the server died right after the answer,
///   or the disk had taken nothing since.
final class ActivationLedger {
    /// How long before the kill an answer must have come for its record to be there: the 100 ms that are promised, and
    /// as much again for a machine that is busy with starting sandboxes beside a cold server.
    private static final Duration GRACE = Duration.ofMillis(200);

    private static final Duration RECORD_DEADLINE = Duration.ofSeconds(40);

    private record Told(String token, String id, long nanos) {}

    private final CounterService counter;
    private final Queue<Told> accepted = new ConcurrentLinkedQueue<>();
    private final Queue<Told> answered = new ConcurrentLinkedQueue<>();
    private final Map<String, String> terminal = new ConcurrentHashMap<>();
    private final AtomicLong durableNanos = new AtomicLong(System.nanoTime());
    private int lost;
    private int mustBeThere;
    private int mayBeLost;
    private int lostAnswers;
    private long longestNanos;

    ActivationLedger(CounterService counter) {
        this.counter = counter;
    }

    int counterPort() {
        return counter.port();
    }

    void accepted(String token, String id) {
        accepted.add(new Told(token, id, System.nanoTime()));
    }

    void answered(String token, String id) {
        answered.add(new Told(token, id, System.nanoTime()));
    }

    /// A write was acknowledged: what was handed to the disk before it began is there too.
    void durable(long begunNanos) {
        durableNanos.accumulateAndGet(begunNanos, Math::max);
    }

    /// Compares with what a restarted server shows.
    ///
    /// @param killedNanos when the server before it was killed
    void check(Api api, long killedNanos) {
        drain(accepted).forEach(told -> checkAccepted(told, awaitRecord(api, told)));
        drain(answered).forEach(told -> checkAnswered(told, api.get(Api.activation(told.id())), killedNanos));
        assertThat(counter.counts().values()).as("runs of each activation").allMatch(count -> count == 1);
    }

    private void checkAnswered(Told told, Answer record, long killedNanos) {
        assertThat(counter.count(told.token())).as("runs of %s, answered", told).isEqualTo(1);
        if (told.nanos() + GRACE.toNanos() < Math.min(killedNanos, durableNanos.get())) {
            mustBeThere++;
            assertThat(record.status())
                    .as("record of %s, answered %d ms before the kill", told, millis(killedNanos - told.nanos()))
                    .isEqualTo(200);
        } else {
            mayBeLost++;
        }
        if (record.status() == 200) {
            terminal.put(told.id(), told.token());
        } else {
            lostAnswers++;
            longestNanos = Math.max(longestNanos, killedNanos - told.nanos());
        }
    }

    private static long millis(long nanos) {
        return Duration.ofNanos(nanos).toMillis();
    }

    private static Collection<Told> drain(Queue<Told> queue) {
        var all = new ArrayList<Told>();
        for (Told each = queue.poll(); each != null; each = queue.poll()) {
            all.add(each);
        }
        return all;
    }

    private static Answer awaitRecord(Api api, Told told) {
        long deadline = System.nanoTime() + RECORD_DEADLINE.toNanos();
        Answer answer = api.get(Api.activation(told.id()));
        while (answer.status() == 404 && System.nanoTime() < deadline) {
            Thread.onSpinWait();
            answer = api.get(Api.activation(told.id()));
        }
        assertThat(answer.status()).as("record of %s, which was accepted", told).isEqualTo(200);
        return answer;
    }

    private void checkAccepted(Told told, Answer record) {
        int runs = counter.count(told.token());
        if (record.text("response", "status").equals("success")) {
            assertThat(runs).as("runs of %s, recorded as a success", told).isEqualTo(1);
            assertThat(record.text("response", "result", "token")).isEqualTo(told.token());
        } else {
            assertThat(record.text("response", "status")).as(record.body()).isEqualTo("whisk internal error");
            assertThat(record.text("response", "result", "error")).isEqualTo(ActivationMessages.LOST_IN_CRASH);
            assertThat(runs).as("runs of %s, recorded as lost", told).isLessThanOrEqualTo(1);
            lost++;
        }
        terminal.put(told.id(), told.token());
    }

    /// After all crashes: every record that was seen is still there, and in the list once. (A record that is added
    /// while
    /// pages are being turned shows its neighbour twice; that passes.)
    void checkAll(Api api) {
        List<String> listed =
                Waiting.until(RECORD_DEADLINE, () -> listed(api), ids -> ids.size() == new HashSet<>(ids).size());
        assertThat(listed).containsAll(terminal.keySet());
        terminal.forEach((id, token) -> {
            Answer record = api.get(Api.activation(id)).expect(200);
            assertThat(counter.count(token)).as("runs of %s: %s", token, record).isLessThanOrEqualTo(1);
        });
    }

    private static List<String> listed(Api api) {
        var ids = new ArrayList<String>();
        int page = 0;
        do {
            page = ids.size();
            api.get(Api.OWN + "/activations?name=" + CountingFunction.NAME + "&limit=200&skip=" + ids.size())
                    .expect(200)
                    .rows()
                    .forEach(row -> ids.add(
                            row.field("activationId").flatMap(RawJson::asText).orElseThrow()));
        } while (ids.size() > page);
        return ids;
    }

    /// How many answered calls had to have a record.
    int mustBeThere() {
        return mustBeThere;
    }

    /// Two lines for the person who runs the suite.
    String summary() {
        return """
                %d activations recorded, %d of them lost in a crash and said so
                of %d answered calls %d had to have a record; %d have none, the first of them answered %d ms before \
                its kill""".formatted(
                        terminal.size(), lost, mustBeThere + mayBeLost, mustBeThere, lostAnswers, millis(longestNanos));
    }
}
