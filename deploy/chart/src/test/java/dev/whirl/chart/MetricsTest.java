package dev.whirl.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Rules and dashboards ask for figures that the program has.
class MetricsTest {
    private static final Path ROOT = Renderings.CHART.folder().resolve("../..").normalize();
    private static final Pattern NAME = Pattern.compile("whirl_[a-z_]+");
    private static final Pattern REGISTERED = Pattern.compile("\"(whirl[._][a-z._]+)\"");
    private static final Pattern ENDING = Pattern.compile("(_seconds)?_(total|count|bucket|sum)$");

    @Test
    void everyFigureOfRulesAndDashboardsIsOneOfTheProgram() throws IOException {
        var registered = new TreeSet<String>();
        for (String module : List.of("controller", "invoker", "gateway", "feeds", "store", "bus", "server")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
                for (Path each :
                        files.filter(file -> file.toString().endsWith(".java")).toList()) {
                    REGISTERED
                            .matcher(Files.readString(each))
                            .results()
                            .forEach(name -> registered.add(name.group(1).replace('.', '_')));
                }
            }
        }
        String asked = Files.readString(Renderings.CHART.folder().resolve("files/metrics/rules.yaml"))
                + Files.readString(Renderings.CHART.folder().resolve("files/metrics/dashboard.json"));

        assertThat(NAME.matcher(asked)
                        .results()
                        .map(MatchResult::group)
                        .map(each -> ENDING.matcher(each).replaceFirst(""))
                        .distinct())
                .isNotEmpty()
                .allMatch(registered::contains);
    }

    @Test
    void monitorsFindServicesAndLogIn() {
        Manifests manifests = Renderings.CHART.render(
                Optional.empty(), Renderings.nested(Map.of("metrics.serviceMonitors.enabled", true)));
        List<GenericKubernetesResource> monitors = manifests.all(GenericKubernetesResource.class);

        assertThat(monitors).hasSize(4);
        for (GenericKubernetesResource each : monitors) {
            Map<String, String> wanted = each.get("spec", "selector", "matchLabels");
            List<Map<String, Object>> endpoints = each.get("spec", "endpoints");
            List<Service> found = manifests.all(Service.class).stream()
                    .filter(service ->
                            service.getMetadata().getLabels().entrySet().containsAll(wanted.entrySet()))
                    .toList();
            assertThat(found).as(each.getMetadata().getName()).hasSize(1);
            assertThat(found.getFirst().getSpec().getPorts())
                    .extracting("name")
                    .contains(endpoints.getFirst().get("port"));
            assertThat(endpoints.getFirst()).containsKey("basicAuth");
        }
    }
}
