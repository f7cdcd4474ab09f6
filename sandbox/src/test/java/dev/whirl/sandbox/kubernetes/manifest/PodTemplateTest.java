package dev.whirl.sandbox.kubernetes.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodTemplateTest {
    @Test
    void aManifestIsReadAsFarAsItGoes() throws Exception {
        PodTemplate template = PodTemplate.parse("""
                apiVersion: v1
                kind: Pod
                metadata:
                  annotations: {sidecar.example/inject: "true"}
                spec:
                  runtimeClassName: gvisor
                  containers:
                  - name: user-action
                    env: [{name: TZ, value: UTC}]
                """);

        assertThat(template.pod().getSpec().getRuntimeClassName()).isEqualTo("gvisor");
        assertThat(template.pod().getMetadata().getAnnotations()).containsKey("sidecar.example/inject");
    }

    @Test
    void oneWithoutASpecIsOneToo() throws Exception {
        assertThat(PodTemplate.parse("metadata: {labels: {team: x}}").pod().getSpec())
                .isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "spec: {nodeSelectors: {a: b}} | a pod has no field spec.nodeSelectors",
                "spec: {containers: [{name: user-action, enviroment: []}]} | a pod has no field spec.containers[0].enviroment",
                "spec: {hostNetwork: true} | spec.hostNetwork must not be set",
                "spec: {hostPID: true} | spec.hostPID must not be set",
                "kind: Deployment | its kind is Deployment, it must be Pod",
                "just text | it is no manifest",
                "spec: [ | expected",
                "spec: {priority: high} | spec.priority",
                "spec: {containers: [{name: user-action}, {name: user-action}]} | it has 2 containers of the name"
            })
    void whatIsWrongIsSaidWithItsPlace(String yaml, String sentence) {
        assertThatThrownBy(() -> PodTemplate.parse(yaml)).hasMessageContaining(sentence);
    }

    @Test
    void yamlMakesNoObjectsOfItsOwnChoice() {
        assertThatThrownBy(() -> PodTemplate.parse("spec: !!java.net.URL [\"http://example\"]"))
                .hasMessageContaining("java.net.URL");
    }
}
