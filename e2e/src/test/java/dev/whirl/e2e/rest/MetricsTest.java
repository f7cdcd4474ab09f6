package dev.whirl.e2e.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Answer;
import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Code;
import dev.whirl.e2e.support.SharedServer;
import dev.whirl.e2e.support.Waiting;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private static Answer scrape() {
        return SharedServer.system().get("/metrics").expect(200);
    }

    private static double sum(Answer metrics, String lineBeginning) {
        Matcher lines = Pattern.compile("^" + lineBeginning + ".* ([-+.\\dE]+)$", Pattern.MULTILINE)
                .matcher(metrics.body());
        return lines.results()
                .mapToDouble(line -> Double.parseDouble(line.group(1)))
                .sum();
    }

    @Test
    @Tag("R-46")
    void theOwnerOfTheSystemReadsMetricsInPrometheusForm() {
        Answer metrics = scrape();

        assertThat(metrics.header("Content-Type")).startsWith("text/plain");
        assertThat(metrics.body())
                .contains("# TYPE whirl_", "_bucket{", "# TYPE whirl_pool_", "# TYPE whirl_store_")
                .containsPattern("(?m)^# TYPE whirl_pool_waiting gauge$")
                .containsPattern("(?m)^# TYPE whirl_admission_queue gauge$");
        Waiting.until(
                DEADLINE,
                () -> sum(scrape(), "whirl_pool_waiting") + sum(scrape(), "whirl_admission_queue"),
                waiting -> waiting == 0);
    }

    @Test
    @Tag("R-46")
    void invocationsAreCountedByHowTheyCameToTheirSandbox() {
        Api guest = SharedServer.guest();
        String name = guest.stored(Code.NODE, Code.NODE_ECHO, "");
        double first = ofStart(scrape(), "cold|prewarmed");
        double warm = ofStart(scrape(), "warm");

        for (int i = 0; i < 8; i++) {
            guest.invoke(name, "{}").expect(200);
        }

        Waiting.until(DEADLINE, () -> ofStart(scrape(), "warm") - warm, more -> more >= 2);
        Waiting.until(DEADLINE, () -> ofStart(scrape(), "cold|prewarmed") - first, more -> more >= 1);
    }

    private static double ofStart(Answer metrics, String kinds) {
        return sum(metrics, "whirl_invocations_total\\{outcome=\"success\",start=\"(?:" + kinds + ")\"");
    }

    @Test
    @Tag("R-46")
    void invocationsAreCountedByTheirOutcome() {
        Api guest = SharedServer.guest();
        String name = guest.stored(Code.NODE, Code.node("return args.fail ? {error: 1} : {};"), "");
        double successes = sum(scrape(), "whirl_invocations_total\\{outcome=\"success\"");
        double errors = sum(scrape(), "whirl_invocations_total\\{outcome=\"application_error\"");

        for (int i = 0; i < 5; i++) {
            guest.invoke(name, "{}").expect(200);
        }
        guest.invoke(name, "{\"fail\":true}").expect(502);

        Waiting.until(
                DEADLINE,
                () -> sum(scrape(), "whirl_invocations_total\\{outcome=\"success\"") - successes,
                more -> more >= 5);
        Waiting.until(
                DEADLINE,
                () -> sum(scrape(), "whirl_invocations_total\\{outcome=\"application_error\"") - errors,
                more -> more >= 1);
    }
}
