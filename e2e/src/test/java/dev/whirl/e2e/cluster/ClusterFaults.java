package dev.whirl.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.crash.CountingFunction;
import dev.whirl.e2e.support.Answer;
import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Parallel;
import dev.whirl.e2e.support.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What happens in a cluster when a part of it is gone, or stands still, or comes back. `whirl.cluster.rounds` repeats
/// each, for the long runs.
abstract class ClusterFaults {
    static final Duration TAKEN_OVER = Duration.ofSeconds(60);

    /// More than twice the lease, and what counts as silence.
    static final Duration STILL = Duration.ofSeconds(10);

    /// What a blocking call waits, and a moment for the answer.
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(65);

    private static final int READERS = 8;
    static final int ROUNDS = Integer.getInteger("whirl.cluster.rounds", 1);

    abstract TestCluster cluster();

    @Test
    @Tag("attack-43")
    void aKilledBrokerCostsNoAcceptedCall() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            killedAndStartedAgain("broker");
        }
    }

    @Test
    @Tag("attack-43")
    void aKilledDatabaseCostsNoAcceptedCall() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            killedAndStartedAgain("database");
        }
    }

    private void killedAndStartedAgain(String engine) throws Exception {
        try (var callers = new Callers(cluster()::api, 6)) {
            callers.awaitAnswers(100);
            cluster().kill(engine);
            cluster().start(engine);
            callers.awaitSuccesses(100);
            callers.end();

            requireKeptPromises(callers, cluster());
        }
    }

    @Test
    void aRestartOfOnePartAfterTheOtherFailsNoCall() throws Exception {
        try (var callers = new Callers(cluster()::api, 6)) {
            callers.awaitAnswers(100);
            for (String each : List.of("invoker0", "controller0", "invoker1", "controller1")) {
                cluster().stop(each);
                cluster().start(each); // and waits until it is ready
                callers.awaitSuccesses(20);
            }
            callers.end();

            requireKeptPromises(callers, cluster());
            assertThat(callers.statuses()).isSubsetOf(200, 202);
        }
    }

    @Test
    @Tag("attack-46")
    void anInvokerAndAControllerThatStandStillAndComeBackRunNothingTwice() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            standStillAndComeBack();
        }
    }

    private void standStillAndComeBack() throws Exception {
        try (var callers = new Callers(cluster()::api, 6)) {
            Api api = cluster().api(0);
            int port = callers.counter().port();
            callers.awaitAnswers(100);
            List<String> ids = Parallel.times(
                    40, i -> api.start(CountingFunction.NAME, CountingFunction.payload(port, "still-" + i, 200)));
            cluster().standStill(STILL, "invoker0", "controller1");
            callers.awaitSuccesses(100);
            callers.end();

            requireKeptPromises(callers, cluster());
            requireOneRecordEach(ids, api);
            cluster().awaitWhole();
        }
    }

    /// Whatever happened: callers got an answer that may be, in time, and what was accepted has one record and ran once
    /// at most.
    static void requireKeptPromises(Callers callers, TestCluster cluster) {
        assertThat(callers.statuses()).isSubsetOf(200, 202, 503);
        assertThat(callers.broken()).isEmpty();
        assertThat(callers.longestWait()).isLessThan(LONGEST_WAIT);
        requireOneRecordEach(callers.accepted(), cluster.api(0));
        assertThat(callers.counter().counts().values()).allMatch(times -> times == 1);
    }

    /// A few at a time: thousands who ask would keep the cluster from writing what they ask for.
    static void requireOneRecordEach(List<String> ids, Api api) {
        List<List<String>> statuses = Parallel.times(
                READERS,
                reader -> IntStream.iterate(reader, i -> i < ids.size(), i -> i + READERS)
                        .mapToObj(i -> record(api, ids.get(i)).text("response", "status"))
                        .toList());
        assertThat(statuses).allSatisfy(each -> assertThat(each).isSubsetOf("success", "whisk internal error"));
    }

    static Answer record(Api api, String id) {
        return Waiting.until(TAKEN_OVER, () -> api.get(Api.activation(id)), answer -> answer.status() == 200);
    }
}
