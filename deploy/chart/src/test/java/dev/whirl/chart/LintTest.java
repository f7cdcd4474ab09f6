package dev.whirl.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What the chart renders are objects that Kubernetes knows, with fields that they have.
class LintTest {
    /// Objects of operators that a cluster may have.
    private static final Set<String> OF_OPERATORS = Set.of("ServiceMonitor", "PrometheusRule");

    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .annotationIntrospector(new NothingMore())
            .build();

    /// The models keep fields that they don't know; here there are none.
    private static final class NothingMore extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public Boolean hasAnySetter(Annotated member) {
            return false;
        }
    }

    @Test
    void helmHasNothingToSayAgainstIt() {
        assertThat(Renderings.CHART.lint()).isEmpty();
    }

    @Test
    void noObjectHasAFieldThatItsKindLacks() {
        var problems = new ArrayList<String>();
        for (Map.Entry<String, Manifests> rendering : Renderings.all().entrySet()) {
            Manifests manifests = rendering.getValue();
            for (int i = 0; i < manifests.documents().size(); i++) {
                HasMetadata object = manifests.objects().get(i);
                if (object instanceof GenericKubernetesResource) {
                    assertThat(OF_OPERATORS).contains(object.getKind());
                } else {
                    unknown(manifests.documents().get(i), object).ifPresent(problems::add);
                }
            }
        }

        assertThat(problems.stream().distinct()).isEmpty();
    }

    private static Optional<String> unknown(String document, HasMetadata object) {
        Map<String, Object> tree = new KubernetesSerialization().unmarshal(document, new TypeReference<>() {});
        try {
            var _ = STRICT.convertValue(tree, object.getClass());
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(
                    "%s %s: %s".formatted(object.getKind(), object.getMetadata().getName(), e.getMessage()));
        }
    }

    @Test
    void noTwoObjectsHaveOneNameAndNoneHasALongOne() {
        Renderings.all().forEach((values, manifests) -> {
            var seen = new HashSet<String>();
            var twice = new ArrayList<String>();
            for (HasMetadata each : manifests.objects()) {
                String name = each.getKind() + " " + each.getMetadata().getName();
                if (!seen.add(name)) {
                    twice.add(name);
                }
                assertThat(each.getMetadata().getName().length()).as(name).isLessThanOrEqualTo(63);
            }
            assertThat(twice).as(values).isEmpty();
        });
    }

    @Test
    void everyObjectSaysWhoseItIs() {
        Renderings.all()
                .forEach((values, manifests) -> assertThat(manifests.objects())
                        .as(values)
                        .allSatisfy(each -> assertThat(each.getMetadata().getLabels())
                                .as(each.getMetadata().getName())
                                .containsKeys(
                                        "app.kubernetes.io/name",
                                        "app.kubernetes.io/instance",
                                        "app.kubernetes.io/component",
                                        "app.kubernetes.io/version",
                                        "helm.sh/chart")));
    }

    @Test
    void aReleaseOfAnotherNameHasItInAllNames() {
        Manifests manifests = Renderings.CHART.render(Optional.empty(), Map.of("fullnameOverride", "other"));

        assertThat(manifests.objects())
                .allSatisfy(each -> assertThat(each.getMetadata().getName()).startsWith("other-"));
        assertThat(String.join("\n", manifests.documents())).doesNotContain("whirl-controller");
    }
}
