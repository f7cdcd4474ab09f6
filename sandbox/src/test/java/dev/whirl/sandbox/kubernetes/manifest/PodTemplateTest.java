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
                "spec: {hostIPC: true} | spec.hostIPC must not be set",
                "spec: {shareProcessNamespace: true} | spec.shareProcessNamespace must not be set: code of users would see",
                "spec: {securityContext: {runAsUser: 0}} | spec.securityContext must not be set: what code of users may do",
                "spec: {imagePullSecrets: [{name: registry}]} | see sandbox.kubernetes.image-pull-secrets",
                "spec: {ephemeralContainers: [{name: look}]} | spec.ephemeralContainers must not be set",
                "spec: {volumes: [{name: a, emptyDir: {}}, {name: b, hostPath: {path: /}}]} | spec.volumes[1].hostPath must not be set: code of users would be on the node's side",
                "spec: {volumes: [{name: a, projected: {sources: [{serviceAccountToken: {path: t}}]}}]} | spec.volumes[0].projected: serviceAccountToken must not be set",
                "spec: {containers: [{name: proxy, ports: [{containerPort: 1, hostPort: 1}]}]} | spec.containers[0].ports: hostPort must not be set",
                "spec: {initContainers: [{name: a}, {name: b, securityContext: {privileged: true}}]} | spec.initContainers[1].securityContext.privileged must not be set",
                "spec: {containers: [{name: user-action, securityContext: {runAsUser: 1}}]} | the securityContext of user-action must not be set",
                "metadata: {finalizers: [a/b]} | metadata.finalizers must not be set: pods could not be removed",
                "metadata: {annotations: {container.apparmor.security.beta.kubernetes.io/user-action: unconfined}} | must not be set: what code of users may do",
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
    void aSidecarMayHaveASecurityContextOfItsOwn() throws Exception {
        PodTemplate template = PodTemplate.parse(
                "spec: {containers: [{name: proxy, ports: [{containerPort: 1}], securityContext: {runAsUser: 1}}]}");

        assertThat(template.pod().getSpec().getContainers()).hasSize(1);
        assertThat(template.labels()).isEmpty();
    }

    @Test
    void yamlMakesNoObjectsOfItsOwnChoice() {
        assertThatThrownBy(() -> PodTemplate.parse("spec: !!java.net.URL [\"http://example\"]"))
                .hasMessageContaining("java.net.URL");
    }
}
