package dev.whirl.e2e.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Answer;
import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Code;
import dev.whirl.e2e.support.Parallel;
import dev.whirl.e2e.support.ServerOptions;
import dev.whirl.e2e.support.WhirlServer;
import dev.whirl.model.Messages;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ThrottleTest {
    private static final int PER_MINUTE = 8;
    private static final int CONCURRENT = 3;

    private static final ServerOptions LIMITED = ServerOptions.DEFAULT
            .with("limits.invocations-per-minute", Integer.toString(PER_MINUTE))
            .with("limits.concurrent-invocations", Integer.toString(CONCURRENT));

    private static WhirlServer server;

    @BeforeAll
    static void start() {
        server = WhirlServer.start(LIMITED);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Stream<Answer> refused(List<Answer> answers) {
        return answers.stream().filter(answer -> answer.status() == 429);
    }

    /// Repeats what was done across the border between two minutes, where the count begins anew.
    private static <T> T withinOneMinute(Supplier<T> calls) {
        while (true) {
            Instant minute = Instant.now().truncatedTo(ChronoUnit.MINUTES);
            T answers = calls.get();
            if (Instant.now().truncatedTo(ChronoUnit.MINUTES).equals(minute)) {
                return answers;
            }
        }
    }

    @Test
    @Tag("R-85")
    @Tag("R-151")
    @Tag("R-152")
    @Tag("R-153")
    void callsOverTheRateAreRefusedAndCounted() {
        Api guest = Api.guest(server);
        guest.create("echo", Code.NODE, Code.NODE_ECHO);

        List<Answer> answers = withinOneMinute(() -> IntStream.range(0, PER_MINUTE + 6)
                .mapToObj(_ -> guest.invoke("echo", "{}"))
                .toList());

        List<String> sentences =
                refused(answers).map(answer -> answer.text("error")).toList();
        assertThat(sentences).hasSizeGreaterThanOrEqualTo(6);
        assertThat(sentences.getFirst())
                .matches("Too many requests in the last minute \\(count: \\d+, allowed: 8\\)\\.");
        int first = Integer.parseInt(sentences.getFirst().replaceAll(".*count: (\\d+).*", "$1"));
        for (int i = 0; i < sentences.size(); i++) {
            assertThat(sentences.get(i)).isEqualTo(Messages.tooManyRequests(first + i, PER_MINUTE));
        }

        guest.post("/api/v1/namespaces/whisk.system/actions/anything", "{}")
                .expectErrorStarting(429, "Too many requests in the last minute");
        guest.post(Api.action("not-there"), "{}").expectErrorStarting(429, "Too many requests in the last minute");
        guest.get(Api.action("echo")).expect(200);
        Api.system(server).get("/api/v1/namespaces").expect(200);
    }

    @Test
    @Tag("R-155")
    @Tag("R-42")
    void theCallersLimitsShowTheThrottles() {
        Answer limits = Api.guest(server).get(Api.OWN + "/limits").expect(200);

        assertThat(limits.number("invocationsPerMinute")).isEqualTo(PER_MINUTE);
        assertThat(limits.number("concurrentInvocations")).isEqualTo(CONCURRENT);
        assertThat(limits.number("maxActionInstances")).isEqualTo(CONCURRENT);
    }

    /// With both figures, as the balancer that most installations run says it, not as the newer scheduler does.
    @Test
    @Tag("R-85")
    @Tag("R-151")
    @Tag("trap-25")
    void moreThanTheAllowedCallsInFlightAreRefused() {
        Api system = Api.system(server);
        system.create("sleep", Code.NODE, Code.NODE_SLEEP);
        system.invoke("sleep", "{}").expect(200);

        List<Answer> answers = Parallel.times(CONCURRENT + 2, _ -> system.invoke("sleep", "{\"millis\":1500}"));

        assertThat(answers.stream().filter(answer -> answer.status() == 200)).hasSize(CONCURRENT);
        refused(answers).forEach(answer -> answer.expectError(429, Messages.tooManyConcurrent(CONCURRENT, CONCURRENT)));
        assertThat(refused(answers)).hasSize(2);
    }

    @Test
    @Tag("R-154")
    void aNamespaceWithoutAnyAllowanceIsBlocked() {
        try (var blocked = WhirlServer.start(ServerOptions.DEFAULT.with("limits.invocations-per-minute", "0"))) {
            Api guest = Api.guest(blocked);
            guest.create("echo", Code.NODE, Code.NODE_ECHO);

            Answer answer = withinOneMinute(() -> guest.invoke("echo", "{}"));

            answer.expectErrorStarting(429, "Too many requests in the last minute (count: ");
            assertThat(answer.text("error")).endsWith(", allowed: 0).");
        }
    }
}
