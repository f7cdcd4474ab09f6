package dev.whirl.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.whirl.e2e.crash.CountingFunction;
import dev.whirl.e2e.support.Answer;
import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Code;
import dev.whirl.e2e.support.CounterService;
import dev.whirl.e2e.support.Names;
import dev.whirl.e2e.support.Parallel;
import dev.whirl.e2e.support.Waiting;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/// Every test leaves the cluster as it found it: whole.
@Tag("cluster")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterTest extends ClusterFaults {
    /// The first list after much work may take half a minute: the database then indexes all that was written.
    private static final Duration LISTED = Duration.ofSeconds(90);

    private static final String ECHO = "const main = args => args";
    private static ShiftedClock clock;
    private static TestCluster cluster;

    @BeforeAll
    static void up() throws Exception {
        clock = new ShiftedClock();
        cluster = TestCluster.up(Files.createTempDirectory("whirl-cluster-"), clock.prefix());
        CountingFunction.store(cluster.api(0));
        cluster.api(0).create("echo", Code.NODE, ECHO);
    }

    @AfterAll
    static void down() throws Exception {
        cluster.close();
        clock.close();
    }

    @Override
    TestCluster cluster() {
        return cluster;
    }

    /// First, because `status` knows only what `up` has started.
    @Test
    @Order(1)
    void theGuideLeadsToAFunctionOnOneMachine() throws Exception {
        try (var guide = new ClusterGuide(cluster)) {
            assertThat(guide.onOneMachine())
                    .contains("ok: created action hello", guide.answer())
                    .containsPattern("controller1 .* up")
                    .contains("\"invoker1\"", "\"health\"");
        }
    }

    @Test
    void theGuideLeadsToAClusterOnMachinesOfOnesOwn() throws Exception {
        try (var guide = new ClusterGuide(cluster)) {
            Api alice = guide.onMachinesOfOnesOwn();

            Answer answer = Waiting.until(
                    LISTED,
                    () -> alice.post(
                            "/api/v1/namespaces/whisk.system/actions/utils/echo?blocking=true&result=true",
                            "{\"a\":1}"),
                    each -> each.status() == 200);
            assertThat(answer.number("a")).isEqualTo(1);
            guide.requireAllRun();
        }
    }

    @Test
    void allThatStandsInTheWayOfAStartIsToldAtOnce() throws Exception {
        var start = new FailedStart(cluster);
        start.makeDatabase("old_subjects", "subjects.v2.0.0");

        String taken = "invoker.http.port=" + cluster.address("controller0").getPort();

        List<String> complaints = start.ofInvoker(
                "invoker0",
                "pool.memory=plenty",
                "bus.kafka.max-message=100KB",
                "store.couchdb.prefix=old_",
                "sandbox.backend=docker",
                "sandbox.docker.socket=/nowhere/docker.sock",
                "invoker.http.enabled=yes",
                taken);

        assertThat(complaints)
                .anyMatch(each -> each.startsWith("whirl: pool.memory = plenty ("))
                .anyMatch(each -> each.contains("/nowhere/docker.sock"))
                .anyMatch(each -> each.matches("whirl: can't listen on .* port .*: it is in use.*"))
                .anyMatch(each -> each.matches("whirl: bus.kafka.max-message = .* is less than the .*"))
                .anyMatch(each -> each.startsWith("whirl: _design/subjects.v2.0.0 of old_subjects is another one"))
                .anyMatch(each -> each.startsWith("whirl: CouchDB has no database old_whisks: "))
                .anyMatch(each -> each.startsWith("whirl: another process is invoker0, or was until a moment ago"));
        assertThat(start.ofInvoker(
                        "invoker0",
                        "store.couchdb.prefix=old_",
                        "sandbox.backend=docker",
                        "sandbox.docker.socket=/nowhere/docker.sock",
                        "invoker.http.enabled=yes",
                        taken))
                .anyMatch(each -> each.contains("/nowhere/docker.sock"))
                .anyMatch(each -> each.matches("whirl: can't listen on .* port .*: it is in use.*"))
                .anyMatch(each -> each.startsWith("whirl: CouchDB has no database old_whisks: "));
        assertThat(start.ofInvoker("invoker1", "invoker.http.port=0"))
                .singleElement(InstanceOfAssertFactories.STRING)
                .startsWith("whirl: topic invoker1 can't be read: another process is this very invoker");
    }

    @Test
    @Tag("I-51")
    void whatOneControllerStoresTheOtherOneCalls() {
        cluster.api(0).create("shared", Code.NODE, "const main = () => ({version: 1})");
        assertThat(cluster.api(1).result("shared", "{}").expect(200).number("version"))
                .isEqualTo(1);

        cluster.api(1).create("shared", Code.NODE, "const main = () => ({version: 2})");
        Waiting.until(
                Duration.ofSeconds(5),
                () -> cluster.api(0).result("shared", "{}").expect(200).number("version"),
                version -> version == 2);
    }

    @Test
    void sequencesAndTriggersWorkAcrossProcesses() {
        Api api = cluster.api(0);
        api.put(
                        Api.action("twice") + "?overwrite=true",
                        "{\"exec\":{\"kind\":\"sequence\",\"components\":[\"/_/echo\",\"/_/echo\"]}}")
                .expect(200);
        assertThat(api.result("twice", "{\"a\":5}").expect(200).number("a")).isEqualTo(5);
        String accepted = api.start("twice", "{\"a\":6}");
        assertThat(record(api, accepted).text("response", "status")).isEqualTo("success");

        api.put(Api.OWN + "/triggers/pulled?overwrite=true", "{}").expect(200);
        api.put(
                        Api.OWN + "/rules/pull?overwrite=true",
                        "{\"trigger\":\"/_/pulled\",\"action\":\"/_/echo\",\"status\":\"active\"}")
                .expect(200);
        String fired =
                api.post(Api.OWN + "/triggers/pulled", "{\"b\":7}").expect(202).text("activationId");
        assertThat(record(cluster.api(1), fired).logs()).anyMatch(line -> line.contains("\"success\":true"));
    }

    @Test
    void everyTimeOfAnAlarmIsFiredOnceThoughItsProviderIsKilled() throws Exception {
        try (var alarm = TickingAlarm.start(cluster.api(0), "ticks")) {
            alarm.awaitFirings();

            cluster.kill("feeds0");
            cluster.start("feeds0");

            alarm.requireEachOnceUntil(Instant.now());
        }
    }

    @Test
    void anApiIsServedByTheGatewayAndByControllers() {
        String path = ApiOfTests.create(cluster.api(0), "in-a-cluster");

        for (Api each : List.of(cluster.gateway(), cluster.api(1))) {
            Answer answer = Waiting.until(Duration.ofSeconds(10), () -> each.get(path), reply -> reply.status() == 200);
            assertThat(answer.body()).isEqualTo("hello");
        }
    }

    @Test
    @Tag("attack-43")
    void everyAcceptedCallOfAKilledInvokerEndsInOneRecordAndRunsOnceAtMost() throws Exception {
        try (var counter = new CounterService()) {
            List<String> ids = Parallel.times(60, i -> accept(cluster.api(i % 2), counter, "killed-" + i));
            cluster.kill("invoker0");
            List<Answer> records = Parallel.times(ids.size(), i -> record(cluster.api(0), ids.get(i)));

            assertThat(records)
                    .allSatisfy(each ->
                            assertThat(each.text("response", "status")).isIn("success", "whisk internal error"));
            assertThat(counter.counts().values()).allMatch(times -> times == 1);
            assertThat(records)
                    .as("what had not started is run elsewhere")
                    .filteredOn(each -> each.text("response", "status").equals("whisk internal error"))
                    .hasSizeLessThanOrEqualTo(TestCluster.PLACES);
        } finally {
            cluster.start("invoker0");
        }
    }

    @Test
    @Tag("attack-43")
    void acceptedSequencesOfAKilledControllerEndInOneRecord() throws Exception {
        try (var counter = new CounterService()) {
            Api api = cluster.api(0);
            api.put(
                            Api.action("slowly") + "?overwrite=true",
                            "{\"exec\":{\"kind\":\"sequence\",\"components\":[\"/_/%1$s\",\"/_/echo\"]}}"
                                    .formatted(CountingFunction.NAME))
                    .expect(200);
            List<String> ids = Parallel.times(
                    20, i -> api.start("slowly", CountingFunction.payload(counter.port(), "seq-" + i, 300)));
            cluster.kill("controller0");
            List<Answer> records = Parallel.times(ids.size(), i -> record(cluster.api(1), ids.get(i)));

            assertThat(records)
                    .allSatisfy(each ->
                            assertThat(each.text("response", "status")).isIn("success", "whisk internal error"));
            assertThat(counter.counts().values()).allMatch(times -> times == 1);
        } finally {
            cluster.start("controller0");
        }
    }

    @Test
    @Tag("attack-45")
    void aClockThatIsSetForthCostsNoAcceptedCall() throws Exception {
        try (var callers = new Callers(cluster::api, 6)) {
            callers.awaitAnswers(60);
            clock.set(Duration.ofHours(1), cluster.process("invoker1"), cluster.process("controller1"));
            callers.awaitSuccesses(100);
            Instant begin = beginOfASequence(cluster.api(1));
            callers.end();
            cluster.awaitWhole();

            assertThat(begin).isCloseTo(Instant.now().plus(Duration.ofHours(1)), within(10, ChronoUnit.MINUTES));
            requireKeptPromises(callers, cluster);
        } finally {
            startAnew("invoker1", "controller1");
        }
    }

    /// When a controller, by its own clock, began one.
    private static Instant beginOfASequence(Api api) {
        String name = Names.unique("sequence");
        api.put(Api.action(name), "{\"exec\":{\"kind\":\"sequence\",\"components\":[\"/_/echo\"]}}")
                .expect(200);
        return Instant.ofEpochMilli(record(api, api.start(name, "{}")).number("start"));
    }

    /// As other processes, whose clocks are right: set back under it, a clock would cost a controller its lease.
    private static void startAnew(String... names) throws Exception {
        for (String each : names) {
            cluster.stop(each);
            cluster.start(each);
        }
        cluster.awaitWhole();
    }

    @Test
    void anInvokerThatIsToldToStopFailsNoCall() throws Exception {
        String slow = cluster.api(0)
                .stored(Code.NODE, "const main = p => new Promise(done => setTimeout(() => done(p), 50))", "");
        var isOver = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Integer>>> callers = IntStream.range(0, 6)
                    .mapToObj(i -> threads.submit(() -> statuses(cluster.api(i % 2), slow, isOver)))
                    .toList();
            cluster.stop("invoker1");
            cluster.start("invoker1");
            isOver.set(true);
            for (Future<List<Integer>> each : callers) {
                assertThat(each.get()).isNotEmpty().containsOnly(200);
            }
        } finally {
            isOver.set(true);
        }
    }

    /// Of calls that take a moment, so that some are always under way, and not more than the database can index.
    private static List<Integer> statuses(Api api, String action, AtomicBoolean isOver) {
        var statuses = new ArrayList<Integer>();
        while (!isOver.get()) {
            statuses.add(api.result(action, "{\"a\":1}").status());
        }
        return statuses;
    }

    private static String accept(Api api, CounterService counter, String token) {
        return api.start(CountingFunction.NAME, CountingFunction.payload(counter.port(), token, 200));
    }
}
