package dev.whirl.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Code;
import dev.whirl.e2e.support.ServerImage;
import dev.whirl.e2e.support.ServerImage.Container;
import dev.whirl.e2e.support.Waiting;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The image of the server as one part of a cluster: told all by its environment.
@Tag("alone") // the engine is one for all tests of a process, and ends with it
class InvokerImageTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Test
    void aContainerTakesTheWorkOfInvokersThatAreGoneAndStopsAsItIsAsked() throws Exception {
        try (TestCluster cluster = TestCluster.up()) {
            Api api = cluster.api(0);
            String name = api.stored(Code.NODE, Code.NODE_ECHO, "");
            cluster.stop("invoker1");
            Map<String, String> told = environment(cluster.settings("invoker0"));
            cluster.stop("invoker0");

            try (Container invoker = ServerImage.run(told, "invoker")) {
                Waiting.until(PATIENCE, () -> api.result(name, "{\"a\":1}").status(), status -> status == 200);
                assertThat(invoker.exec("/opt/whirl/bin/whirl", "health")).isEmpty();

                assertThat(invoker.stop()).isZero();
            }
        }
    }

    private static Map<String, String> environment(Map<String, String> settings) {
        var all = new HashMap<>(settings);
        all.remove("invoker.scratch"); // the image has a place for it
        all.put("sandbox.backend", "docker");
        all.put("sandbox.docker.network", "open");
        all.put("sandbox.docker.pull-runtimes", "false");
        all.put("sandbox.docker.images", "nodejs:20=whirl-test/nodejs:20");
        var environment = new HashMap<String, String>();
        all.forEach((key, value) ->
                environment.put("WHIRL_" + key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"), value));
        return environment;
    }
}
