package dev.whirl.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.common.config.ConfigException;
import dev.whirl.common.config.ConfigReader;
import dev.whirl.sandbox.kubernetes.manifest.NetworkRules;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("I-25")
class KubernetesSandboxConfigTest {
    @Test
    void settingsThatMeanNothingAreRefusedTogether() {
        assertThatThrownBy(() ->
                        read("image-traits", "whirl/=fast", "tolerations", "=x", "api-labels", "x", "pod-name", "p"))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e -> assertThat(e.getMessage())
                                .contains(
                                        "'fast' is none of",
                                        "'=x' is not KEY",
                                        "'x' is not KEY=VALUE",
                                        "both, or neither"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "invoker-labels | '' | without one every pod of the namespace could call functions",
                "name-servers | k8s-app=kube-dns | is neither NAMESPACE/KEY=VALUE nor a network",
                "network-deny | 10.0.0.0 | is no network of IPv4 such as 10.0.0.0/8"
            })
    void whatWouldOpenTheNetworkIsRefused(String key, String value, String sentence) {
        assertThatThrownBy(() -> read(key, value))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(sentence);
    }

    @ParameterizedTest
    @CsvSource({
        "http://controller.openwhisk.svc:3233,0,3233",
        "http://gateway.openwhisk.svc,0,80",
        "https://whirl.example,0,443",
        "http://gateway.openwhisk.svc,8080,8080"
    })
    void functionsReachTheApiOnItsPortOnly(String apiHost, String apiPort, int port) {
        NetworkRules rules =
                read("api-host", apiHost, "api-port", apiPort).network().rules().orElseThrow();

        assertThat(rules.wayOut().orElseThrow().apiPort()).isEqualTo(port);
    }

    @Test
    void whoMakesNoPolicyNeedsNoLabels() {
        assertThat(read("network-policy", "none", "invoker-labels", "")
                        .network()
                        .rules())
                .isEmpty();
    }

    /// @param settings keys without their prefix, and values
    static KubernetesSandboxConfig read(String... settings) {
        var values = new HashMap<String, String>();
        for (int i = 0; i < settings.length; i += 2) {
            values.put("sandbox.kubernetes." + settings[i], settings[i + 1]);
        }
        var reader = new ConfigReader(List.of(new ConfigReader.Source("--set", values)), Map.of());
        KubernetesSandboxConfig config = KubernetesSandboxConfig.read(reader);
        reader.finish();
        return config;
    }
}
