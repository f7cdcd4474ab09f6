package dev.whirl.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Bad values are refused, with a sentence that says which.
class SchemaTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "controler.replicas | 2 | controler",
                "router.replica | 2 | replica",
                "router.replicas | many | replicas",
                "router.replicas | 0 | replicas",
                "controller.replicas | 0 | replicas",
                "zookeeper.replicas | 2 | replicas",
                "mode | serverless | mode",
                "kafka.mode | rabbit | mode",
                "router.ingress.enabled | true | host",
                "router.service.type | Nodeport | type",
                "router.maxBodySize | 65 MB | maxBodySize",
                "invoker.memory | 2Gi | memory",
                "controller.farewell | soon | farewell",
                "api.host | https://whirl.example.com | host",
                "functions.networkDeny | [everything] | networkDeny",
                "config.logLevel | loud | logLevel",
                "config.limits.Action_Timeout | 1m | Action_Timeout",
                "standalone.persistence.size | big | size",
            })
    void whatIsNoGoodIsNamed(String key, String value, String named) {
        Object typed = typed(value);

        assertThatThrownBy(() -> render(Map.of(key, typed)))
                .hasMessageContaining("values don't meet the specifications")
                .hasMessageContaining(named);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kafka.mode=external | kafka.external.servers names no broker",
                "kafka.mode=external,kafka.external.servers=k:9092,kafka.external.security=sasl-tls | existingSecret",
                "couchdb.external.enabled=true | couchdb.external.url is empty",
                "couchdb.external.enabled=true,couchdb.external.url=https://db | couchdb.existingSecret names no Secret",
                "redis.external=true | redis.existingSecret names no Secret",
                "invoker.backend=docker | containers know no names of the cluster",
                "invoker.backend=docker,api.host=a.example.com | networkPolicies.nodes",
                "router.enabled=false,router.ingress.enabled=true,router.ingress.host=a | needs router.enabled",
                "api.vanity=true | api.host is empty",
                "quickstart=true,identities.existingSecret=mine | choose one",
                "controller.autoscaling.enabled=true,controller.autoscaling.minReplicas=20 | is more than maxReplicas",
            })
    void whatDoesNotGoTogetherIsSaidInASentence(String pairs, String sentence) {
        var values = new LinkedHashMap<String, Object>();
        for (String pair : pairs.split(",")) {
            values.put(pair.substring(0, pair.indexOf('=')), typed(pair.substring(pair.indexOf('=') + 1)));
        }

        assertThatThrownBy(() -> render(values)).hasMessageContaining(sentence);
    }

    @Test
    void everyValueIsInTheSchemaAndEverythingInTheSchemaIsAValue() throws IOException {
        JsonNode schema = read("values.schema.json");
        JsonNode values = read("values.yaml");
        var problems = new ArrayList<String>();

        compare("", values, schema, schema, problems);

        assertThat(problems).isEmpty();
    }

    @Test
    void everyGroupOfValuesIsExplained() throws IOException {
        List<String> lines = Files.readAllLines(Renderings.CHART.folder().resolve("values.yaml"));
        var bare = new ArrayList<String>();
        for (int i = 1; i < lines.size(); i++) {
            boolean isGroup = lines.get(i).matches("[a-zA-Z]+:.*");
            boolean belongsToPart = lines.get(i).matches("(controller|invoker|kafka|couchdb|metrics):");
            if (isGroup && !belongsToPart && !lines.get(i - 1).startsWith("#")) {
                bare.add(lines.get(i));
            }
        }

        assertThat(bare).isEmpty();
    }

    private static void compare(String path, JsonNode values, JsonNode part, JsonNode whole, List<String> problems) {
        JsonNode schema = part.has("$ref") ? whole.at(part.get("$ref").asText().substring(1)) : part;
        JsonNode known = schema.path("properties");
        if (!values.isObject() || !schema.has("properties")) {
            return;
        }
        values.fieldNames().forEachRemaining(each -> {
            if (!known.has(each)) {
                problems.add("the schema lacks " + path + each);
            } else {
                compare(path + each + ".", values.get(each), known.get(each), whole, problems);
            }
        });
        known.fieldNames().forEachRemaining(each -> {
            if (!values.has(each) && !(path + each).equals("global")) {
                problems.add("values.yaml lacks " + path + each);
            }
        });
    }

    private static JsonNode read(String file) throws IOException {
        String text = Files.readString(Renderings.CHART.folder().resolve(file));
        return new KubernetesSerialization().unmarshal(text, JsonNode.class);
    }

    private static void render(Map<String, ?> values) {
        var _ = Renderings.CHART.render(Optional.empty(), Renderings.nested(values));
    }

    private static Object typed(String text) {
        return text.equals("true") || text.equals("false")
                ? Boolean.parseBoolean(text)
                : text.matches("[0-9]+")
                        ? Integer.parseInt(text)
                        : text.startsWith("[") ? List.of(text.substring(1, text.length() - 1)) : text;
    }
}
