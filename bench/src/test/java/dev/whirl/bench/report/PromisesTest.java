package dev.whirl.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PromisesTest {
    @Test
    void whatIsPromisedAndWasNotMeasuredThoughItsPartWasIsTold() {
        var promises =
                new Promises(List.of(promise("start/first-answer-ms"), promise("warm/x"), promise("start/gone")));

        assertThat(promises.unmeasured(report(PartReport.WHIRL)))
                .extracting(Promise::figure)
                .containsExactly("start/gone");
    }

    @Test
    void nothingIsPromisedForOtherPlatforms() {
        var promises = new Promises(List.of(promise("start/first-answer-ms")));

        assertThat(promises.verdicts(report(PartReport.WHIRL))).hasSize(1);
        assertThat(promises.verdicts(report("other"))).isEmpty();
        assertThat(promises.unmeasured(report("other"))).isEmpty();
    }

    @Test
    void noFigureIsPromisedTwice() {
        assertThat(Promises.all().entries()).extracting(Promise::figure).doesNotHaveDuplicates();
    }

    private static Promise promise(String figure) {
        return new Promise("a start", figure, "time", 1.0, null, "ms", null, null);
    }

    private static Report report(String platform) {
        var round = new Round(List.of(), List.of(new Figure("first-answer-ms", 900)));
        return new Report(List.of(new PartReport("start", platform, List.of(round))), List.of());
    }
}
