package dev.whirl.e2e.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.chart.Chart;
import dev.whirl.chart.Manifests;
import dev.whirl.e2e.chart.pods.Release;
import dev.whirl.e2e.support.Docker;
import dev.whirl.e2e.support.Repository;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A whole cluster as the chart renders it: its commands, environment, configuration and rights, as containers, with a
/// real broker and a database that speaks CouchDB's protocol. Functions are containers of the same engine.
@Tag("alone") // the engine is one for all tests of a process, and ends with it
class InstalledChartTest {
    private static final Chart CHART = new Chart(Repository.root().resolve("deploy/chart"));

    @SuppressWarnings("NullAway.Init")
    private static Map<String, Object> values;

    /// Containers of functions that invokers of other tests left, which were killed.
    @SuppressWarnings("NullAway.Init")
    private static String before;

    @SuppressWarnings("NullAway.Init")
    private static Release release;

    @BeforeAll
    static void install() throws Exception {
        values = TestImages.build();
        before = functions();
        release = Release.install(render());
    }

    @AfterAll
    static void whatStopsLeavesNoContainerOfAFunctionBehind() {
        if (release == null) {
            return;
        }
        try (Release stopping = release) {
            assertThat(functions()).isNotEqualTo(before);
            stopping.stop("whirl-invoker");
            assertThat(functions()).isEqualTo(before);
        }
    }

    /// Containers that functions run in, or ran.
    private static String functions() {
        return Docker.run("ps", "--all", "--quiet", "--filter", "label=dev.whirl.installation");
    }

    private static Manifests render() {
        return CHART.render(Optional.of("values-kind.yaml"), values);
    }

    @Test
    void theSmokeTestOfHelmPasses() throws Exception {
        assertThat(release.test("whirl-test-smoke"))
                .contains("ok      it runs")
                .contains("ok      the rule ran the action")
                .endsWith("ok      the API answers\n");
    }

    @Test
    void theTestOfThePackagesPasses() throws Exception {
        assertThat(release.test("whirl-test-packages"))
                .contains("ok      package alarms")
                .endsWith("ok      an action of a package runs\n");
    }

    @Test
    void theJobsTellWhatTheyDid() {
        assertThat(release.log("whirl-database")).contains("whisk.system").contains("guest");
        assertThat(release.log("whirl-catalog")).contains("alarms");
    }
}
