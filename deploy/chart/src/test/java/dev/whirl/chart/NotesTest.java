package dev.whirl.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What is said at the end of an installation is so.
class NotesTest {
    private static final Pattern SECRET = Pattern.compile("get secret (\\S+)");
    private static final Pattern SERVICE = Pattern.compile("service[/ ](\\S+)");
    private static final Pattern POD = Pattern.compile("exec (\\S+)-0 ");

    private static String notes(Map<String, ?> values) {
        return Renderings.CHART.notes(Renderings.nested(values));
    }

    @Test
    void whatTheyNameIsThere() {
        for (Map<String, ?> values : List.of(
                Map.<String, Object>of(),
                Map.of("mode", "standalone", "router.enabled", false),
                Map.of("router.service.type", "ClusterIP"),
                Map.of("router.service.type", "LoadBalancer"),
                Map.of("fullnameOverride", "other"))) {
            String notes = notes(values);
            Manifests manifests = Renderings.CHART.render(Optional.empty(), Renderings.nested(values));

            assertThat(named(SECRET, notes))
                    .as(values.toString())
                    .isNotEmpty()
                    .allMatch(each -> manifests.find(Secret.class, each).isPresent());
            assertThat(named(SERVICE, notes))
                    .as(values.toString())
                    .allMatch(each -> manifests.find(Service.class, each).isPresent());
            assertThat(named(POD, notes))
                    .as(values.toString())
                    .isNotEmpty()
                    .allMatch(each -> manifests.find(StatefulSet.class, each).isPresent());
        }
    }

    private static List<String> named(Pattern pattern, String notes) {
        return pattern.matcher(notes)
                .results()
                .map((MatchResult each) -> each.group(1))
                .toList();
    }

    @Test
    void theyTellTheAddressThatCallersTake() {
        assertThat(notes(Map.of())).contains("APIHOST=https://$NODE:31001");
        assertThat(notes(Map.of("router.tls.enabled", false))).contains("APIHOST=http://$NODE:31001");
        assertThat(notes(Map.of("api.host", "whirl.example.com"))).contains("APIHOST=https://whirl.example.com\n");
        assertThat(notes(Map.of("router.ingress.enabled", true, "router.ingress.host", "in.example.com")))
                .contains("APIHOST=https://in.example.com\n");
    }

    @Test
    void theyWarnOfKeysThatEverybodyKnowsAndNameNoGuestWhoIsNotThere() {
        assertThat(notes(Map.of("quickstart", true))).contains("WARNING: quickstart=true");
        assertThat(notes(Map.of())).doesNotContain("WARNING");
        assertThat(notes(Map.of("identities.guest", false))).doesNotContain("AUTH=");
    }
}
