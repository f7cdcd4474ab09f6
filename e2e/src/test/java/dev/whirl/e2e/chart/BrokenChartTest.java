package dev.whirl.e2e.chart;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.chart.Chart;
import dev.whirl.chart.Manifests;
import dev.whirl.e2e.chart.pods.Release;
import dev.whirl.e2e.support.Repository;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A rendering that is broken is seen to be when it is installed, and what is said of it tells where.
@Tag("alone") // the engine is one for all tests of a process, and ends with it
class BrokenChartTest {
    private static final Chart CHART = new Chart(Repository.root().resolve("deploy/chart"));

    @SuppressWarnings("NullAway.Init")
    private static Map<String, Object> values;

    @SuppressWarnings("NullAway.Init")
    private Manifests manifests;

    @BeforeAll
    static void build() throws Exception {
        values = TestImages.build();
    }

    @BeforeEach
    void render() {
        manifests = CHART.render(Optional.of("values-kind.yaml"), values);
    }

    @Test
    void aSettingThatThereIsNotStopsItsPart() {
        Map<String, String> files =
                manifests.get(ConfigMap.class, "whirl-config").getData();
        files.merge("gateway.conf", "\ngateway.kontrollers = http://here", String::concat);

        assertThatThrownBy(() -> Release.install(
                        manifests,
                        each -> each.part().equals("gateway") || each.part().equals("redis")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("whirl-gateway-0 ended")
                .hasMessageContaining("gateway.kontrollers");
    }

    @Test
    void aWordThatThereIsNotStopsAJob() {
        manifests
                .all(Job.class)
                .forEach(each -> each.getSpec()
                        .getTemplate()
                        .getSpec()
                        .getInitContainers()
                        .getFirst()
                        .setArgs(List.of("wayt")));

        assertThatThrownBy(() -> Release.install(manifests, each -> each.part().equals("database")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("whirl: no command 'wayt'");
    }

    @Test
    void aSecretThatLacksAKeyStopsThePodThatNeedsIt() {
        manifests.get(Secret.class, "whirl-redis").getStringData().remove("url");

        assertThatThrownBy(() -> Release.install(
                        manifests,
                        each -> each.part().equals("redis") || each.part().equals("gateway")))
                .hasMessageContaining(
                        "WHIRL_GATEWAY_REDIS_URL of whirl-gateway-0 is to be url of the Secret whirl-redis");
    }

    @Test
    void aVolumeOfNothingStopsThePodThatMountsIt() {
        manifests.get(ConfigMap.class, "whirl-config").getData().remove("controller.conf");

        assertThatThrownBy(() -> Release.install(manifests, each -> each.part().equals("controller")))
                .hasMessageContaining("whirl-controller-0 mounts controller.conf of the ConfigMap whirl-config");
    }
}
