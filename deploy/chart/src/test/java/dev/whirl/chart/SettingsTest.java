package dev.whirl.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.common.config.ConfigKey;
import dev.whirl.common.tls.CertificatePair;
import dev.whirl.server.ConfigCheck;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The program takes the words, files and variables that the chart gives it.
class SettingsTest {
    private static final Set<String> PARTS = Set.of("up", "controller", "invoker", "gateway", "feeds");
    private static final Set<String> TOOLS = Set.of("wait", "admin", "smoke", "bench", "pack-cli");
    private static final String AES_KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    @TempDir
    private Path folder;

    @Test
    void everyPartReadsItsSettingsWithoutAComplaint() {
        Renderings.all().forEach((values, manifests) -> {
            for (Workload workload : Workload.of(manifests)) {
                for (Container each : workload.pod().getContainers()) {
                    if (isOurs(each) && PARTS.contains(each.getArgs().getFirst())) {
                        assertThat(problems(manifests, workload, each))
                                .as("%s of %s", workload.name(), values)
                                .isEmpty();
                    }
                }
            }
        });
    }

    @Test
    void everyVariableIsASettingOrOneOfTheLaunchers() throws IOException {
        Set<String> known =
                ConfigCheck.keys().stream().map(ConfigKey::environmentName).collect(Collectors.toSet());
        String launcher = Files.readString(Renderings.CHART.folder().resolve("../dist/src/bin/whirl"));

        Renderings.all()
                .forEach((values, manifests) -> Workload.of(manifests).stream()
                        .flatMap(each -> each.containers().stream())
                        .flatMap(each -> each.getEnv().stream())
                        .map(EnvVar::getName)
                        .filter(each -> each.startsWith("WHIRL_"))
                        .forEach(each -> assertThat(known.contains(each) || launcher.contains("${" + each))
                                .as("%s of %s", each, values)
                                .isTrue()));
    }

    @Test
    void everyCommandIsOneThatThereIs() {
        Renderings.all()
                .forEach((values, manifests) -> Workload.of(manifests).stream()
                        .flatMap(each -> each.containers().stream())
                        .filter(SettingsTest::isOurs)
                        .forEach(each -> assertThat(each.getArgs().getFirst())
                                .as(values)
                                .matches(word -> PARTS.contains(word) || TOOLS.contains(word))));
    }

    @Test
    void noSecretStandsInAFileOfSettings() {
        Renderings.all()
                .forEach((values, manifests) -> manifests.all(ConfigMap.class).stream()
                        .flatMap(each -> each.getData().entrySet().stream())
                        .filter(each -> each.getKey().endsWith(".conf"))
                        .forEach(each -> assertThat(each.getValue())
                                .as("%s of %s", each.getKey(), values)
                                .doesNotContainPattern("(?m)^[a-z.-]*(pass|password|secret)[a-z.-]* ?=")));
    }

    @Test
    void largeNumbersStayWhatTheyAre() {
        Manifests manifests = Renderings.CHART.render(
                Optional.empty(),
                Renderings.nested(Map.of(
                        "config.limits.invocations-per-minute",
                        100_000_000,
                        "config.limits.action-timeout-max",
                        "10m")));

        assertThat(manifests.file("whirl-config", "controller.conf"))
                .contains("limits.invocations-per-minute = 100000000\n")
                .contains("limits.action-timeout-max = 10m\n");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "'', https, none, http://whirl-router-plain.functions.svc",
                "whirl.example.com, https, none, https://whirl.example.com",
                "whirl.example.com, https, 8443, https://whirl.example.com:8443",
                "localhost, http, 31001, http://localhost:31001"
            })
    void callersAreToldTheAddressThatTheyReach(String host, String protocol, @Nullable Integer port, String address) {
        var api = new LinkedHashMap<String, Object>(Map.of("host", host, "protocol", protocol));
        if (port != null) {
            api.put("port", port);
        }

        Manifests manifests = Renderings.CHART.render(Optional.empty(), Map.of("api", api));

        assertThat(manifests.file("whirl-config", "controller.conf"))
                .contains("gateway.url = %s\n".formatted(address))
                .contains("feeds.url = %s\n".formatted(address));
    }

    private static boolean isOurs(Container container) {
        return container.getImage().contains("whirl/server");
    }

    /// Mounts what a container has into a folder, and asks the program.
    private List<String> problems(Manifests manifests, Workload workload, Container container) {
        var places = new LinkedHashMap<String, Path>();
        for (VolumeMount mount : container.getVolumeMounts()) {
            workload.pod().getVolumes().stream()
                    .filter(each -> each.getName().equals(mount.getName()))
                    .findFirst()
                    .ifPresent(each -> places.put(mount.getMountPath(), mounted(manifests, workload, each)));
        }
        places.values().forEach(place -> relocate(place, places));
        Map<String, String> environment = environment(container);
        List<String> words = container.getArgs().stream()
                .map(each -> relocated(expanded(each, environment), places))
                .toList();
        return ConfigCheck.problems(words, environment);
    }

    private Path mounted(Manifests manifests, Workload workload, Volume volume) {
        Path place = folder.resolve(workload.name().replace(' ', '-')).resolve(volume.getName());
        var files = new LinkedHashMap<String, String>();
        if (volume.getConfigMap() != null) {
            String name = volume.getConfigMap().getName();
            volume.getConfigMap()
                    .getItems()
                    .forEach(each -> files.put(
                            each.getPath(),
                            manifests
                                    .find(ConfigMap.class, name)
                                    .map(map -> map.getData().get(each.getKey()))
                                    .orElseGet(() -> given(each.getPath()))));
        } else if (volume.getSecret() != null) {
            volume.getSecret().getItems().forEach(each -> files.put(each.getPath(), given(each.getPath())));
        }
        try {
            Files.createDirectories(place);
            for (Map.Entry<String, String> each : files.entrySet()) {
                Files.writeString(place.resolve(each.getKey()), each.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return place;
    }

    /// What whoever installs the chart brings along.
    private String given(String file) {
        if (file.endsWith(".json")) {
            return "{\"auths\":{}}";
        }
        return file.endsWith(".crt") ? certificate() : "secret";
    }

    private String certificate() {
        Path pair = folder.resolve("given-certificate");
        try {
            if (!Files.exists(pair)) {
                CertificatePair.in(Files.createDirectory(pair), "DNS:localhost");
            }
            return Files.readString(pair.resolve("certificate.pem"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Settings that name files of the pod name those of the folder.
    private static void relocate(Path place, Map<String, Path> places) {
        try (var files = Files.list(place)) {
            for (Path each :
                    files.filter(file -> file.toString().endsWith(".conf")).toList()) {
                Files.writeString(each, relocated(Files.readString(each), places));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String relocated(String text, Map<String, Path> places) {
        String moved = text;
        for (Map.Entry<String, Path> each : places.entrySet()) {
            if (each.getKey().startsWith("/etc/")) {
                moved = moved.replace(each.getKey() + "/", each.getValue() + "/");
            }
        }
        return moved;
    }

    private static Map<String, String> environment(Container container) {
        var environment = new LinkedHashMap<String, String>();
        for (EnvVar each : container.getEnv()) {
            environment.put(each.getName(), value(each));
        }
        return environment;
    }

    private static String value(EnvVar variable) {
        if (variable.getValueFrom() == null) {
            return variable.getValue();
        }
        if (variable.getValueFrom().getFieldRef() != null) {
            return "whirl-pod-0";
        }
        return switch (variable.getName()) {
            case "WHIRL_GATEWAY_REDIS_URL" -> "redis://:secret@redis:6379/0";
            case "WHIRL_PARAMETERS_AES_256_KEY" -> AES_KEY;
            default -> "secret";
        };
    }

    private static String expanded(String word, Map<String, String> environment) {
        String text = word;
        for (Map.Entry<String, String> each : environment.entrySet()) {
            text = text.replace("$(" + each.getKey() + ")", each.getValue());
        }
        return text;
    }
}
