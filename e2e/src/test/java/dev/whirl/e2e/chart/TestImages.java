package dev.whirl.e2e.chart;

import dev.whirl.e2e.support.Docker;
import dev.whirl.e2e.support.Repository;
import dev.whirl.e2e.support.ServerImage;
import dev.whirl.sandbox.docker.TestEngine;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Images in place of those that the chart takes from registries, all made here: that of the server
/// as it is built, and what stands in for others'.
final class TestImages {
    private static final Duration BUILD = Duration.ofMinutes(5);
    private static final String BASE_JAVA = "whirl/base-java:25.2";

    private static Map<String, Object> values = Map.of();

    private TestImages() {}

    /// Makes them, once for all tests of a process.
    ///
    /// @return values of the chart that name them
    static synchronized Map<String, Object> build() throws IOException, InterruptedException {
        if (values.isEmpty()) {
            values = make();
        }
        return values;
    }

    private static Map<String, Object> make() throws IOException, InterruptedException {
        ServerImage.build();
        String socket = TestEngine.socket().toString();
        Docker.call(
                BUILD,
                List.of(Repository.root().resolve("deploy/docker/part-images").toString(), socket, BASE_JAVA));
        return Map.of(
                "image", Map.of("repository", "whirl-test/server", "tag", "e2e"),
                "router", Map.of("image", part("nginx")),
                "kafka", Map.of("image", part("kafka")),
                "couchdb", Map.of("image", part("couchdb")),
                "redis", Map.of("image", part("redis")),
                "invoker", Map.of("backend", "docker", "docker", Map.of("socket", socket, "image", part("docker"))),
                "networkPolicies", Map.of("nodes", List.of("198.18.77.1/32")),
                "functions",
                        Map.of(
                                "images",
                                Map.of(
                                        "nodejs:20", "whirl-test/nodejs:20",
                                        "python:3.11", "whirl-test/python:3.11",
                                        "java:25", ServerImage.JAVA,
                                        "native", "whirl-test/probe:1")));
    }

    private static Map<String, Object> part(String name) {
        return Map.of("repository", "whirl-test/" + name, "tag", "1");
    }
}
