package dev.whirl.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What an upgrade finds in the cluster, and what it makes of it.
class UpgradeTest {
    private static final String IDENTITIES = "whirl-identities";
    private static final Manifests INSTALLED = Renderings.CHART.render();

    private static Manifests upgrade(Map<String, ?> values) {
        return Renderings.CHART.upgrade(Renderings.nested(values), INSTALLED.all(Secret.class));
    }

    private static Map<String, Map<String, String>> secrets(Manifests manifests) {
        return manifests.all(Secret.class).stream()
                .collect(Collectors.toMap(each -> each.getMetadata().getName(), Secret::getStringData));
    }

    private static String job(Manifests manifests, String part) {
        return manifests.all(Job.class).stream()
                .map(each -> each.getMetadata().getName())
                .filter(each -> each.contains(part))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatWasMadeAtTheInstallationIsKeptAndNothingRunsAgain() {
        Manifests upgraded = upgrade(Map.of());

        assertThat(secrets(upgraded)).isEqualTo(secrets(INSTALLED));
        assertThat(job(upgraded, "database")).isEqualTo(job(INSTALLED, "database"));
        assertThat(job(upgraded, "catalog")).isEqualTo(job(INSTALLED, "catalog"));
    }

    @Test
    void anotherKeyOfAUserIsGivenToItByAnotherJob() {
        var keys = new HashMap<>(INSTALLED.get(Secret.class, IDENTITIES).getStringData());
        keys.computeIfPresent("guest", (_, key) -> key.replaceFirst(":.", ":0"));

        Manifests upgraded = Renderings.CHART.upgrade(Map.of(), List.of(secret(IDENTITIES, keys)));

        assertThat(secrets(upgraded).get(IDENTITIES)).isEqualTo(keys);
        assertThat(job(upgraded, "database")).isNotEqualTo(job(INSTALLED, "database"));
        assertThat(job(upgraded, "catalog")).isEqualTo(job(INSTALLED, "catalog"));
    }

    @Test
    void soIsAnotherKeyInASecretOfTheUsersOwn() {
        Map<String, ?> values = Renderings.nested(Map.of("identities.existingSecret", "mine"));

        String before =
                job(Renderings.CHART.upgrade(values, List.of(secret("mine", Map.of("guest", "a:b")))), "database");
        String after =
                job(Renderings.CHART.upgrade(values, List.of(secret("mine", Map.of("guest", "a:c")))), "database");

        assertThat(after).isNotEqualTo(before);
    }

    @Test
    void keysThatEverybodyKnowsDoNotOutliveAQuickstart() {
        Manifests quickstart = Renderings.CHART.render(Optional.empty(), Map.of("quickstart", true));

        Manifests upgraded = Renderings.CHART.upgrade(Map.of(), quickstart.all(Secret.class));

        assertThat(upgraded.get(Secret.class, IDENTITIES).getStringData().values())
                .doesNotContainAnyElementsOf(
                        quickstart.get(Secret.class, IDENTITIES).getStringData().values());
        assertThat(secrets(upgraded).get("whirl-couchdb"))
                .isEqualTo(secrets(quickstart).get("whirl-couchdb"));
    }

    @Test
    void aGuestWhomNobodyWantsAnyMoreIsTakenAway() {
        Manifests upgraded = upgrade(Map.of("identities.guest", false));

        Job job = upgraded.get(Job.class, job(upgraded, "database"));
        var pod = job.getSpec().getTemplate().getSpec();
        assertThat(pod.getContainers().getFirst().getArgs()).endsWith("--withdraw=/etc/whirl-withdrawn");
        assertThat(pod.getVolumes())
                .filteredOn(each -> each.getName().equals("withdrawn"))
                .singleElement()
                .satisfies(each -> assertThat(each.getSecret().getOptional()).isTrue());
        assertThat(job(upgraded, "database")).isNotEqualTo(job(INSTALLED, "database"));
    }

    /// Who withdraws it must know its key: no Secret has that any more.
    @ParameterizedTest
    @ValueSource(strings = {"", "given-identities"})
    void theGuestOfAQuickstartIsTakenAway(String secret) {
        Manifests quickstart = Renderings.CHART.render(Optional.empty(), Map.of("quickstart", true));
        String known = quickstart.get(Secret.class, IDENTITIES).getStringData().get("guest");

        Manifests upgraded = Renderings.CHART.upgrade(
                Renderings.nested(Map.of("identities.guest", false, "identities.existingSecret", secret)),
                quickstart.all(Secret.class));

        String job = job(upgraded, "database");
        assertThat(upgraded.get(Job.class, job)
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .getFirst()
                        .getArgs())
                .endsWith("--withdraw=/etc/whirl-withdrawn");
        assertThat(job).isNotEqualTo(job(quickstart, "database"));
        assertThat(secrets(upgraded).values()).noneMatch(each -> each.containsValue(known));
    }

    @Test
    void theQuorumOfBrokersStaysAsItWas() {
        Manifests upgraded = upgrade(Map.of("kafka.replicas", 3));

        assertThat(upgraded.get(StatefulSet.class, "whirl-kafka")
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .getFirst()
                        .getEnv())
                .filteredOn(each -> each.getName().equals("VOTERS"))
                .extracting(EnvVar::getValue)
                .containsExactly("1");
    }

    @Test
    void brokersThatAreTheirOwnQuorumCanNotBeGivenAZookeeper() {
        assertThatThrownBy(() -> upgrade(Map.of("kafka.mode", "zookeeper")))
                .hasMessageContaining("kafka.mode is zookeeper, but this installation's brokers were made with kraft");
    }

    private static Secret secret(String name, Map<String, String> data) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withStringData(data)
                .build();
    }
}
