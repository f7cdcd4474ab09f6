package dev.whirl.sandbox.kubernetes;

import dev.whirl.common.config.ConfigReader;
import dev.whirl.common.units.ByteSize;
import dev.whirl.sandbox.SandboxContract;
import dev.whirl.sandbox.SandboxSpec;
import dev.whirl.sandbox.process.Probe;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/// The port's promises on a cluster that a kubeconfig leads to: `-Pkubernetes`, see docs/guide/kubernetes.md.
@Tag("cluster")
class RealClusterTest extends SandboxContract {
    @SuppressWarnings("NullAway.Init")
    private static KubernetesSandboxes sandboxes;

    private static String image = "";

    @BeforeAll
    static void open() throws Exception {
        image = System.getProperty("whirl.kubernetes.image", "");
        if (image.isEmpty()) {
            throw new AssertionError("name the test image as the cluster finds it: -Dwhirl.kubernetes.image=…");
        }
        var reader = new ConfigReader(
                List.of(new ConfigReader.Source(
                        "--set",
                        Map.of(
                                "sandbox.kubernetes.api-host", "http://api.example:3233",
                                "sandbox.kubernetes.installation", "contract-test",
                                "sandbox.kubernetes.namespace", System.getProperty("whirl.kubernetes.namespace", ""),
                                "sandbox.kubernetes.network-policy", "none",
                                "sandbox.kubernetes.image-traits", image + "=concurrent"))),
                Map.of());
        KubernetesSandboxConfig config = KubernetesSandboxConfig.read(reader);
        reader.finish();
        var surroundings = new KubernetesSandboxes.Surroundings("contract", Map.of("probe:1", image), Set.of());
        sandboxes = new KubernetesSandboxes(config, surroundings);
    }

    @AfterAll
    static void close() {
        if (sandboxes != null) {
            sandboxes.close();
        }
    }

    @Override
    protected Probe startCold(ByteSize memory) throws Exception {
        return new Probe(sandboxes.start(new SandboxSpec("probe:1", image, memory, "test")));
    }
}
