package dev.whirl.chart;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// The chart in the ways that it can be installed: every combination of the values that decide what there is, with the
/// others at random from a fixed seed, and the presets.
final class Renderings {
    static final Chart CHART = new Chart(Path.of("").toAbsolutePath());
    static final List<String> PRESETS = List.of("values-quickstart.yaml", "values-kind.yaml", "values-production.yaml");

    /// Objects that users bring along, with their keys.
    static final Map<String, List<String>> GIVEN = Map.ofEntries(
            Map.entry("given-identities", List.of("whisk.system", "guest", "metrics-username", "metrics-password")),
            Map.entry("given-operator", List.of("username", "password")),
            Map.entry("given-couchdb", List.of("username", "password")),
            Map.entry("given-couchdb-trust", List.of("ca.crt")),
            Map.entry("given-redis", List.of("url", "password")),
            Map.entry("given-kafka", List.of("username", "password", "ca.crt")),
            Map.entry("given-tls", List.of("tls.crt", "tls.key")),
            Map.entry("given-encryption", List.of("aes-256-key")),
            Map.entry("given-registries", List.of(".dockerconfigjson")),
            Map.entry("whirl-identities", List.of("whisk.system", "guest", "metrics-username", "metrics-password")),
            Map.entry("whirl-operator", List.of("username", "password")),
            Map.entry("whirl-couchdb", List.of("username", "password")),
            Map.entry("whirl-redis", List.of("url", "password")),
            Map.entry("whirl-tls", List.of("tls.crt", "tls.key")),
            Map.entry("whirl-encryption", List.of("aes-256-key")));

    private static final long SEED = 20_260_101;
    private static final Map<String, Manifests> ALL = renderAll();

    private Renderings() {}

    /// All of them, by what they are made of.
    static Map<String, Manifests> all() {
        return ALL;
    }

    static Manifests preset(String file) {
        return CHART.render(Optional.of(file), Map.of());
    }

    private static Map<String, Manifests> renderAll() {
        var all = new LinkedHashMap<String, Manifests>();
        var random = new Random(SEED);
        for (Map<String, Object> values : combinations()) {
            sprinkle(values, random);
            Map<String, Object> nested = nested(values);
            all.put(values.toString(), CHART.render(Optional.empty(), nested));
        }
        PRESETS.forEach(each -> all.put(each, preset(each)));
        return all;
    }

    private static List<Map<String, Object>> combinations() {
        List<Map<String, Object>> cluster = List.of(Map.of("mode", "cluster"));
        cluster = times(cluster, "invoker.backend", List.of("kubernetes", "docker"));
        cluster = times(cluster, "kafka.mode", List.of("kraft", "zookeeper", "external"));
        cluster = times(cluster, "couchdb.external.enabled", List.of(true, false));
        cluster = times(cluster, "redis.external", List.of(true, false));
        List<Map<String, Object>> all = new ArrayList<>(cluster);
        all.add(Map.of("mode", "standalone"));
        all = times(all, "gateway.enabled", List.of(true, false));
        all = times(all, "feeds.enabled", List.of(true, false));
        return times(all, "router.enabled", List.of(true, false));
    }

    private static List<Map<String, Object>> times(List<Map<String, Object>> all, String key, List<Object> choices) {
        return all.stream()
                .flatMap(each -> choices.stream().map(choice -> {
                    Map<String, Object> more = new LinkedHashMap<>(each);
                    more.put(key, choice);
                    return more;
                }))
                .toList();
    }

    /// What a combination needs, and other values at random.
    private static void sprinkle(Map<String, Object> values, Random random) {
        boolean ownsDatabase = !Boolean.TRUE.equals(values.get("couchdb.external.enabled"));
        if (!ownsDatabase) {
            values.put("couchdb.external.url", "https://db.example.com:6984");
            values.put("couchdb.existingSecret", "given-couchdb");
            values.put("couchdb.external.trustConfigMap", random.nextBoolean() ? "given-couchdb-trust" : "");
        }
        if (Boolean.TRUE.equals(values.get("redis.external"))) {
            values.put("redis.existingSecret", "given-redis");
        }
        if ("external".equals(values.get("kafka.mode"))) {
            values.put("kafka.external.servers", "kafka-1.example.com:9092, kafka-2.example.com:9092");
            values.put("kafka.external.security", random.nextBoolean() ? "sasl-tls" : "plaintext");
            values.put("kafka.external.hasCertificate", random.nextBoolean());
            values.put("kafka.external.existingSecret", "given-kafka");
        }
        boolean isRouted = Boolean.TRUE.equals(values.get("router.enabled"));
        values.put("router.ingress.enabled", isRouted && random.nextBoolean());
        values.put("router.ingress.host", "whirl.example.com");
        values.put("router.ingress.tlsSecret", random.nextBoolean() ? "given-tls" : "");
        values.put("api.host", "whirl.example.com");
        values.put("router.service.type", one(random, "NodePort", "LoadBalancer", "ClusterIP"));
        values.put("functions.networkPolicy", one(random, "filtered", "ingress", "none"));
        values.put("functions.nodeAffinity", one(random, "required", "preferred", "none"));
        values.put("functions.podTemplate", one(random, "", "spec: {runtimeClassName: gvisor}"));
        values.put("affinity.spread", one(random, "required", "preferred", "none"));
        values.put("identities.existingSecret", one(random, "", "given-identities"));
        values.put("operator.existingSecret", one(random, "", "given-operator"));
        values.put("encryption.existingSecret", one(random, "", "given-encryption"));
        values.put("router.tls.existingSecret", one(random, "", "given-tls"));
        values.put("invoker.docker.credentialsSecret", one(random, "", "given-registries"));
        values.put("metrics.rules.as", one(random, "PrometheusRule", "ConfigMap"));
        values.put("image.registry", one(random, "", "registry.example.com:5000/mirror"));
        for (String key : List.of(
                "api.vanity",
                "identities.guest",
                "router.tls.enabled",
                "router.downloads",
                "router.management",
                "controller.autoscaling.enabled",
                "standalone.persistence.enabled",
                "kafka.persistence.enabled",
                "zookeeper.persistence.enabled",
                "couchdb.persistence.enabled",
                "redis.persistence.enabled",
                "jobs.catalog",
                "loadTest.enabled",
                "affinity.enabled",
                "affinity.tolerations",
                "networkPolicies.enabled",
                "podDisruptionBudgets.enabled",
                "metrics.serviceMonitors.enabled",
                "metrics.rules.enabled",
                "metrics.dashboards.enabled",
                "tests.enabled")) {
            values.put(key, random.nextBoolean());
        }
        for (String key : List.of(
                "router.replicas", "controller.replicas", "invoker.replicas", "gateway.replicas", "feeds.replicas")) {
            values.put(key, 1 + random.nextInt(3));
        }
        values.put("networkPolicies.nodes", List.of("10.0.0.0/8"));
        values.put("kafka.replicas", random.nextBoolean() ? 1 : 4);
        values.put("zookeeper.replicas", random.nextBoolean() ? 1 : 3);
    }

    private static String one(Random random, String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /// `a.b: c` as `a: {b: c}`.
    @SuppressWarnings("unchecked")
    static Map<String, Object> nested(Map<String, ?> flat) {
        var nested = new LinkedHashMap<String, Object>();
        flat.forEach((key, value) -> {
            String[] words = key.split("\\.");
            Map<String, Object> at = nested;
            for (int i = 0; i < words.length - 1; i++) {
                at = (Map<String, Object>) at.computeIfAbsent(words[i], _ -> new LinkedHashMap<String, Object>());
            }
            at.put(words[words.length - 1], value);
        });
        return nested;
    }
}
