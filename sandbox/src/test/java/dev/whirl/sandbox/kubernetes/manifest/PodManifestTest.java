package dev.whirl.sandbox.kubernetes.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.whirl.common.units.ByteSize;
import dev.whirl.sandbox.SandboxSpec;
import dev.whirl.sandbox.image.ImageTraits;
import dev.whirl.sandbox.kubernetes.manifest.Placing.NodeAffinity;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("I-25")
class PodManifestTest {
    private static final PodShares SHARES = new PodShares(100, 4_000, false, ByteSize.mebibytes(1_024));

    @Test
    @Tag("K-24")
    void aContainerGetsWhatTheRestrictedStandardAllowsAndNoMore() throws Exception {
        Pod pod = make("", order(true));

        PodSpec spec = pod.getSpec();
        Container container = container(pod);
        assertThat(spec.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(spec.getSecurityContext().getRunAsUser()).isEqualTo(65_534);
        assertThat(spec.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
        assertThat(container.getSecurityContext().getPrivileged()).isFalse();
        assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(spec.getAutomountServiceAccountToken()).isFalse();
        assertThat(spec.getEnableServiceLinks()).isFalse();
        assertThat(spec.getRestartPolicy()).isEqualTo("Never");
    }

    @Test
    @Tag("K-25")
    void secretsOfRegistriesAreForThePlatformsImagesOnly() throws Exception {
        Pod own = make("", order(false));
        Pod users = make("", users("me/box:1", false));

        assertThat(own.getSpec().getImagePullSecrets()).extracting("name").containsExactly("registry");
        assertThat(container(own).getImagePullPolicy()).isEqualTo("IfNotPresent");
        assertThat(users.getSpec().getImagePullSecrets()).isEmpty();
        assertThat(container(users).getImagePullPolicy()).isEqualTo("Always");
    }

    @Test
    void whereTheRootIsReadOnlyTmpIsMemoryOfABoundedSize() throws Exception {
        Pod readOnly = make("", order(true));
        Pod writable = make("", order(false));

        assertThat(readOnly.getSpec().getVolumes().getFirst().getEmptyDir().getMedium())
                .isEqualTo("Memory");
        assertThat(readOnly.getSpec().getVolumes().getFirst().getEmptyDir().getSizeLimit())
                .isEqualTo(new Quantity(Long.toString(128L << 20)));
        assertThat(container(readOnly).getVolumeMounts())
                .extracting("mountPath")
                .containsExactly("/tmp");
        assertThat(writable.getSpec().getVolumes()).isEmpty();
        assertThat(container(writable).getSecurityContext().getReadOnlyRootFilesystem())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"128,50m", "256,100m", "512,200m", "1,1m", "65536,4000m"})
    void processorsAreAskedForAsTheShareOfMemory(long mebibytes, String cpu) throws Exception {
        var order = new PodOrder("p", spec(ByteSize.mebibytes(mebibytes)), image(false));

        Container container = container(make("", order));

        String memory = Long.toString(mebibytes << 20);
        assertThat(container.getResources().getRequests())
                .containsEntry("cpu", new Quantity(cpu))
                .containsEntry("memory", new Quantity(memory))
                .containsEntry("ephemeral-storage", new Quantity(Long.toString(64L << 20)));
        assertThat(container.getResources().getLimits())
                .containsEntry("memory", new Quantity(memory))
                .containsEntry("ephemeral-storage", new Quantity(Long.toString(1L << 30)))
                .doesNotContainKey("cpu");
    }

    @Test
    void whatChangesWithTheMemoryIsMemoryAndProcessors() {
        var bounding = new PodShares(100, 4_000, true, ByteSize.mebibytes(1_024));

        assertThat(bounding.resized(ByteSize.mebibytes(512)))
                .hasToString("{\"requests\":{\"cpu\":\"200m\",\"memory\":\"536870912\"},"
                        + "\"limits\":{\"cpu\":\"200m\",\"memory\":\"536870912\"}}");
        assertThat(new PodShares(0, 1, true, ByteSize.ZERO).resized(ByteSize.mebibytes(1)))
                .hasToString("{\"requests\":{\"memory\":\"1048576\"},\"limits\":{\"memory\":\"1048576\"}}");
    }

    @Test
    void labelsHoldNothingThatUsersWroteAsItWas() throws Exception {
        var order = new PodOrder(
                "p", new SandboxSpec("nodejs:20", "i", ByteSize.mebibytes(1), "<guest>/hello\n"), image(false));

        assertThat(make("", order).getMetadata().getLabels())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "app.kubernetes.io/managed-by", "whirl",
                        "user-action-pod", "true",
                        "release", "whirl",
                        "invoker", "invoker0",
                        "whirl.dev/life", "abc",
                        "name", "p",
                        "whirl.dev/kind", "nodejs-20",
                        "whirl.dev/label", "guest--hello"));
    }

    @Test
    void aTemplateGivesWhatOursDoesNotSay() throws Exception {
        Pod pod = make("""
                metadata:
                  labels: {team: red, invoker: nobody}
                  annotations: {a: b}
                spec:
                  runtimeClassName: gvisor
                  restartPolicy: Always
                  automountServiceAccountToken: true
                  tolerations: [{key: gpu, operator: Exists}]
                  volumes: [{name: data, emptyDir: {}}]
                  containers:
                  - name: proxy
                    image: proxy:1
                  - name: user-action
                    image: evil
                    env: [{name: TZ, value: UTC}, {name: __OW_API_HOST, value: other}]
                    volumeMounts: [{name: data, mountPath: /data}]
                """, order(true));

        PodSpec spec = pod.getSpec();
        assertThat(pod.getMetadata().getLabels()).containsEntry("team", "red").containsEntry("invoker", "invoker0");
        assertThat(pod.getMetadata().getAnnotations()).containsEntry("a", "b");
        assertThat(spec.getRuntimeClassName()).isEqualTo("gvisor");
        assertThat(spec.getRestartPolicy()).isEqualTo("Never");
        assertThat(spec.getAutomountServiceAccountToken()).isFalse();
        assertThat(spec.getContainers()).extracting(Container::getName).containsExactly("user-action", "proxy");
        assertThat(container(pod).getImage()).isEqualTo("whirl/nodejs:20");
        assertThat(container(pod).getSecurityContext().getPrivileged()).isFalse();
        assertThat(container(pod).getEnv())
                .extracting(EnvVar::getName, EnvVar::getValue)
                .containsExactlyInAnyOrder(tuple("TZ", "UTC"), tuple("__OW_API_HOST", "http://api"));
        assertThat(container(pod).getVolumeMounts()).extracting("mountPath").containsExactly("/data", "/tmp");
        assertThat(spec.getTolerations()).extracting(Toleration::getKey).contains("gpu");
    }

    @Test
    void theSameTemplateServesManyPods() throws Exception {
        PodManifest manifest = manifest("metadata: {labels: {team: red}}", NodeAffinity.NONE);
        manifest.of(order(true));

        Pod second = manifest.of(new PodOrder("second", spec(ByteSize.mebibytes(1)), image(false)));

        assertThat(second.getMetadata().getName()).isEqualTo("second");
        assertThat(second.getSpec().getVolumes()).isEmpty();
        assertThat(second.getSpec().getContainers()).hasSize(1);
    }

    @Test
    void nodesAreChosenByTheirRole() throws Exception {
        Pod required = manifest("", NodeAffinity.REQUIRED).of(order(false));
        Pod preferred = manifest("", NodeAffinity.PREFERRED).of(order(false));
        Pod none = manifest("", NodeAffinity.NONE).of(order(false));

        assertThat(terms(required)).hasSize(1).allSatisfy(PodManifestTest::assertRole);
        assertThat(preferred
                        .getSpec()
                        .getAffinity()
                        .getNodeAffinity()
                        .getPreferredDuringSchedulingIgnoredDuringExecution())
                .hasSize(1)
                .allSatisfy(each -> assertRole(each.getPreference()));
        assertThat(none.getSpec().getAffinity()).isNull();
    }

    @Test
    void eachAlternativeOfATemplateHasTheRoleToo() throws Exception {
        Pod pod = manifest("""
                        spec:
                          affinity:
                            nodeAffinity:
                              requiredDuringSchedulingIgnoredDuringExecution:
                                nodeSelectorTerms:
                                - matchExpressions: [{key: zone, operator: In, values: [a]}]
                                - matchExpressions: [{key: zone, operator: In, values: [b]}]
                        """, NodeAffinity.REQUIRED).of(order(false));

        assertThat(terms(pod)).hasSize(2).allSatisfy(each -> {
            assertThat(each.getMatchExpressions()).hasSize(2);
            assertRole(each);
        });
    }

    @Test
    void aPodDoesNotStayWithALostNodeForMinutes() throws Exception {
        assertThat(make("", order(false)).getSpec().getTolerations())
                .extracting(Toleration::getKey, Toleration::getTolerationSeconds)
                .containsExactly(
                        tuple("node.kubernetes.io/not-ready", 30L), tuple("node.kubernetes.io/unreachable", 30L));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "gpu,gpu,Exists,-,-",
                "role=invoker,role,Equal,invoker,-",
                "role=invoker:NoSchedule,role,Equal,invoker,NoSchedule",
                "example.org/x:NoExecute,example.org/x,Exists,-,NoExecute"
            })
    void taintsAreNamedShortly(String text, String key, String operator, String value, String effect) {
        Toleration toleration = Placing.toleration(text);

        assertThat(toleration.getKey()).isEqualTo(key);
        assertThat(toleration.getOperator()).isEqualTo(operator);
        assertThat(toleration.getValue()).isEqualTo(value);
        assertThat(toleration.getEffect()).isEqualTo(effect);
    }

    @Test
    @Tag("K-25")
    void anImageOfAUserThatMayChangeIsAskedForEachTime() throws Exception {
        PodManifest manifest = manifest("", NodeAffinity.NONE, List.of());

        assertThat(container(manifest.of(users("me/box", true))).getImagePullPolicy())
                .isEqualTo("Always");
        assertThat(container(manifest.of(users("me/box:1", false))).getImagePullPolicy())
                .isEqualTo("IfNotPresent");
    }

    @Test
    void userZeroMeansWhoeverTheImageSays() throws Exception {
        var manifest = new PodManifest(
                PodTemplate.EMPTY,
                new PodLabels("whirl", "invoker0", "abc"),
                SHARES,
                new Placing(NodeAffinity.NONE, List.of()),
                new PodManifest.Access(0, 0, ByteSize.mebibytes(1), List.of()),
                Map.of(),
                Optional.empty());

        Pod pod = manifest.of(order(false));

        assertThat(pod.getSpec().getSecurityContext().getRunAsUser()).isNull();
        assertThat(pod.getSpec().getSecurityContext().getRunAsNonRoot()).isNull();
        assertThat(container(pod).getSecurityContext().getAllowPrivilegeEscalation())
                .isFalse();
    }

    private static Pod make(String template, PodOrder order) throws Exception {
        return manifest(template, NodeAffinity.NONE).of(order);
    }

    private static PodManifest manifest(String template, NodeAffinity affinity) throws Exception {
        return manifest(template, affinity, List.of("registry"));
    }

    private static PodManifest manifest(String template, NodeAffinity affinity, List<String> pullSecrets)
            throws Exception {
        return new PodManifest(
                template.isEmpty() ? PodTemplate.EMPTY : PodTemplate.parse(template),
                new PodLabels("whirl", "invoker0", "abc"),
                SHARES,
                new Placing(affinity, List.of()),
                new PodManifest.Access(65_534, 0, ByteSize.mebibytes(128), pullSecrets),
                Map.of("__OW_API_HOST", "http://api"),
                Optional.empty());
    }

    private static PodOrder order(boolean bearsReadOnlyRoot) {
        return new PodOrder("pod", spec(ByteSize.mebibytes(256)), image(bearsReadOnlyRoot));
    }

    private static PodOrder users(String image, boolean isFloating) {
        return new PodOrder(
                "pod", spec(ByteSize.mebibytes(256)), new PodImage(image, false, isFloating, ImageTraits.NONE));
    }

    private static PodImage image(boolean bearsReadOnlyRoot) {
        return new PodImage("whirl/nodejs:20", true, false, new ImageTraits(false, false, bearsReadOnlyRoot));
    }

    private static SandboxSpec spec(ByteSize memory) {
        return new SandboxSpec("nodejs:20", "ignored", memory, "guest-hello");
    }

    private static Container container(Pod pod) {
        return pod.getSpec().getContainers().getFirst();
    }

    private static List<NodeSelectorTerm> terms(Pod pod) {
        return pod.getSpec()
                .getAffinity()
                .getNodeAffinity()
                .getRequiredDuringSchedulingIgnoredDuringExecution()
                .getNodeSelectorTerms();
    }

    private static void assertRole(NodeSelectorTerm term) {
        assertThat(term.getMatchExpressions()).anySatisfy(each -> {
            assertThat(each.getKey()).isEqualTo("openwhisk-role");
            assertThat(each.getValues()).containsExactly("invoker");
        });
    }
}
