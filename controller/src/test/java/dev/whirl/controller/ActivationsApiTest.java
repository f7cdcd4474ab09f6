package dev.whirl.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.controller.Http.Reply;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.activation.ActivationResponse;
import dev.whirl.model.activation.ActivationResponse.Status;
import dev.whirl.model.entity.Annotations;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.entity.Version;
import dev.whirl.model.json.RawJson;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Records over HTTP.
class ActivationsApiTest {
    private static final Instant START = Instant.ofEpochMilli(1_700_000_000_000L);
    private static final TestPlatform platform = TestPlatform.start();
    private static final ActivationId first = record("a", "guest/a", START, Status.SUCCESS);

    private final Http guest = platform.asGuest();

    @BeforeAll
    static void start() {
        record("b", "guest/b", START.plusMillis(1000), Status.APPLICATION_ERROR);
        record("a", "guest/pkg/a", START.plusMillis(2000), Status.WHISK_ERROR);
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Test
    @Tag("R-39")
    @Tag("R-131")
    @Tag("R-15")
    void aRecordIsShownWhole() {
        assertThat(guest.get("activations/" + first).body())
                .isEqualTo("{\"namespace\":\"guest\",\"name\":\"a\",\"version\":\"0.0.1\",\"subject\":\"guest\","
                        + "\"activationId\":\"" + first + "\",\"start\":1700000000000,\"end\":1700000000005,"
                        + "\"duration\":5,\"response\":{\"status\":\"success\",\"success\":true,"
                        + "\"result\":{\"x\":1},\"size\":7},\"logs\":[\"t stdout: \\\"l\\\"\"],"
                        + "\"annotations\":[{\"key\":\"path\",\"value\":\"guest/a\"}],\"publish\":false}");
    }

    @Test
    @Tag("R-40")
    @Tag("R-41")
    void logsAndResultCanBeHadAlone() {
        assertThat(guest.get("activations/" + first + "/logs").body())
                .isEqualTo("{\"logs\":[\"t stdout: \\\"l\\\"\"]}");
        assertThat(guest.get("activations/" + first + "/result").body())
                .isEqualTo("{\"result\":{\"x\":1},\"success\":true,\"status\":\"success\",\"size\":7}");
    }

    @Test
    @Tag("R-38")
    @Tag("R-132")
    void listsAreNewestFirstWithANumericStatus() {
        Reply reply = guest.get("activations?limit=2");

        assertThat(reply.json().elements()).hasSize(2);
        assertThat(reply.at("0.statusCode")).isEqualTo("3");
        assertThat(reply.at("1").replaceAll("\"activationId\":\"\\w+\"", "\"activationId\":\"x\""))
                .isEqualTo("{\"namespace\":\"guest\",\"name\":\"b\",\"version\":\"0.0.1\",\"publish\":false,"
                        + "\"annotations\":[{\"key\":\"path\",\"value\":\"guest/b\"}],\"activationId\":\"x\","
                        + "\"start\":1700000001000,\"end\":1700000001005,\"duration\":5,\"statusCode\":1}");
    }

    @ParameterizedTest
    @Tag("R-38")
    @Tag("R-133")
    @CsvSource({
        "'', 3",
        "name=a, 2",
        "name=pkg/a, 1",
        "name=, 3",
        "name=nothing, 0",
        "since=1700000001000, 2",
        "upto=1700000001000, 2",
        "since=1700000001000&upto=1700000001000, 1",
        "skip=1, 2",
        "limit=1, 1"
    })
    void listsCanBeNarrowed(String query, int rows) {
        assertThat(guest.get("activations?" + query).json().elements()).hasSize(rows);
        assertThat(guest.get("activations/?docs=true&" + query).json().elements())
                .hasSize(rows)
                .allMatch(each -> each.hasField("response"));
    }

    @Test
    @Tag("R-38")
    @Tag("R-133")
    void countingGivesANumberAndNoDocuments() {
        assertThat(guest.get("activations?count=true").body()).isEqualTo("{\"activations\":3}");
        assertThat(guest.get("activations?count=true&name=a&since=1700000001000")
                        .body())
                .isEqualTo("{\"activations\":1}");
        Reply both = guest.get("activations?count=true&docs=true");
        assertThat(both.status()).isEqualTo(400);
        assertThat(both.error()).isEqualTo("The parameter 'docs' is not permitted with 'count'.");
    }

    @ParameterizedTest
    @Tag("R-133")
    @Tag("R-11")
    @CsvSource({
        "name=a/b/c, name, Parameter may be a 'simple' name or 'package-name/simple' name: a/b/c",
        "since=x, since, Parameter is not a valid value for epoch seconds: x",
        "upto=1.5, upto, Parameter is not a valid value for epoch seconds: 1.5",
        "limit=500, limit, The value '500' is not in the range of 0 to 200 for activations."
    })
    void badFiltersAreRefused(String query, String name, String sentence) {
        Reply reply = guest.get("activations?" + query);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).isEqualTo("The query parameter '" + name + "' was malformed:\n" + sentence);
    }

    @Test
    @Tag("R-130")
    void idsAreChecked() {
        assertThat(guest.get("activations/" + "a".repeat(31)).error())
                .isEqualTo("Activation id length is 31 but must be 32.");
        assertThat(guest.get("activations/" + "G".repeat(32)).error()).isEqualTo("The activation id is not valid.");
        assertThat(guest.get("activations/" + "a".repeat(32)).error())
                .isEqualTo("The requested resource does not exist.");
    }

    @Test
    @Tag("R-86")
    @Tag("attack-13")
    void otherPeoplesRecordsAreForbidden() {
        Http other = platform.as(TestPlatform.OTHER);

        assertThat(other.get("activations/" + first).status()).isEqualTo(404);
        for (String path : List.of("", "/" + first, "/" + first + "/logs", "/" + first + "/result")) {
            assertThat(other.get("/api/v1/namespaces/guest/activations" + path).status())
                    .isEqualTo(403);
        }
    }

    @Test
    @Tag("R-139")
    void recordsCanNotBeDeleted() {
        Reply reply = guest.delete("activations/" + first);

        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.error()).isEqualTo("HTTP method not allowed, supported methods: GET");
    }

    private static ActivationId record(String name, String path, Instant start, Status status) {
        var id = ActivationId.random();
        platform.stores()
                .activations()
                .record(new Activation(
                        new NamespaceName("guest"),
                        new EntityName(name),
                        Version.FIRST,
                        "guest",
                        id,
                        start,
                        start.plusMillis(5),
                        Duration.ofMillis(5),
                        null,
                        new ActivationResponse(status, TestPlatform.json("{\"x\":1}"), 7L),
                        List.of("t stdout: \"l\""),
                        Annotations.NONE.with("path", RawJson.string(path))));
        return id;
    }
}
