package dev.whirl.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.ServerCommand;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Starts parts of a cluster that cannot start.
record FailedStart(TestCluster cluster) {
    private static final long PATIENCE_SECONDS = 60;

    /// What a second invoker with a member's configuration complains of.
    ///
    /// @param settings `key=value`, which win over the member's
    List<String> ofInvoker(String member, String... settings) throws IOException, InterruptedException {
        var words = new ArrayList<>(List.of(
                "/bin/sh",
                ServerCommand.distribution().resolve("bin/whirl").toString(),
                "invoker",
                "--config",
                configuration(member).toString()));
        for (String each : settings) {
            words.addAll(List.of("--set", each));
        }
        Path complaints = Files.createTempFile(cluster.folder(), "failed-start-", ".log");
        Process process = new ProcessBuilder(words)
                .redirectOutput(complaints.toFile())
                .redirectError(complaints.toFile())
                .start();
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("ends by itself")
                    .isTrue();
            assertThat(process.exitValue()).isEqualTo(1);
            return Files.readAllLines(complaints).stream()
                    .filter(each -> each.startsWith("whirl: "))
                    .toList();
        } finally {
            process.destroyForcibly();
        }
    }

    /// Makes a database with an empty design document.
    void makeDatabase(String name, String design) throws IOException {
        String authorization = Api.basic(setting("store.couchdb.user") + ":" + setting("store.couchdb.password"));
        var database = new Api(cluster.address("database"), HttpClient.newHttpClient(), authorization);
        database.put("/" + name, "").expect(201);
        database.put("/" + name + "/_design/" + design, "{\"views\":{}}").expect(201);
    }

    private String setting(String key) throws IOException {
        return Files.readAllLines(configuration("invoker0")).stream()
                .filter(each -> each.startsWith(key + " = "))
                .map(each -> each.substring(key.length() + 3))
                .findFirst()
                .orElseThrow();
    }

    private Path configuration(String member) {
        return cluster.folder().resolve(member + ".conf");
    }
}
