package dev.whirl.e2e.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Answer;
import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Code;
import dev.whirl.e2e.support.SharedServer;
import dev.whirl.model.Messages;
import dev.whirl.model.json.RawJson;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActivationsTest {
    private static final Api GUEST = SharedServer.guest();
    private static final String LIST = Api.OWN + "/activations";
    private static final String TALKER =
            Code.node("console.log('to out'); console.error('to err'); return {n: args.n};");

    private static List<String> ids(String query) {
        return GUEST.get(LIST + query).expect(200).rows().stream()
                .map(row -> row.field("activationId").orElseThrow().asText().orElseThrow())
                .toList();
    }

    @Test
    @Tag("R-130")
    void anActivationIdHas32HexDigits() {
        for (String rest : List.of("", "/logs", "/result")) {
            GUEST.get(Api.activation("a".repeat(31)) + rest)
                    .expectError(400, "Activation id length is 31 but must be 32.");
            GUEST.get(Api.activation("a".repeat(33)) + rest)
                    .expectError(400, "Activation id length is 33 but must be 32.");
            GUEST.get(Api.activation("g".repeat(32)) + rest).expectError(400, Messages.ACTIVATION_ID_ILLEGAL);
            GUEST.get(Api.activation("0".repeat(32)) + rest).expectError(404, Messages.RESOURCE_NOT_FOUND);
        }
    }

    @Test
    @Tag("R-39")
    @Tag("R-131")
    void theRecordOfAnActivationIsComplete() {
        String name = GUEST.stored(Code.NODE, TALKER, "");
        Answer waited = GUEST.invoke(name, "{\"n\":5}").expect(200);

        Answer record = GUEST.recordWithLogs(waited.text("activationId"));

        assertThat(record.json().fields().keySet())
                .containsExactlyInAnyOrder(
                        "namespace",
                        "name",
                        "version",
                        "subject",
                        "activationId",
                        "start",
                        "end",
                        "duration",
                        "response",
                        "logs",
                        "annotations",
                        "publish");
        assertThat(record.text("namespace")).isEqualTo("guest");
        assertThat(record.text("subject")).isEqualTo("guest");
        assertThat(record.text("name")).isEqualTo(name);
        assertThat(record.text("version")).isEqualTo("0.0.1");
        assertThat(record.at("publish")).isEqualTo(RawJson.FALSE);
        assertThat(record.number("duration")).isEqualTo(record.number("end") - record.number("start"));
        assertThat(record.at("response").fields().keySet())
                .containsExactlyInAnyOrder("status", "success", "result", "size");
    }

    @Test
    @Tag("R-40")
    @Tag("R-41")
    void logsAndResultCanBeReadAlone() {
        String name = GUEST.stored(Code.NODE, TALKER, "");
        Answer record = GUEST.recordWithLogs(GUEST.invoke(name, "{\"n\":5}").text("activationId"));
        String id = record.text("activationId");

        Answer logs = GUEST.get(Api.activation(id) + "/logs").expect(200);
        Answer result = GUEST.get(Api.activation(id) + "/result").expect(200);

        assertThat(logs.json().fields().keySet()).containsExactly("logs");
        assertThat(logs.at("logs")).isEqualTo(record.at("logs"));
        assertThat(result.at("result").toString()).isEqualTo("{\"n\":5}");
        assertThat(result.at("success")).isEqualTo(RawJson.TRUE);
        assertThat(result.text("status")).isEqualTo("success");
    }

    @Test
    @Tag("R-134")
    void aLogLineHasItsTimeAndItsStream() {
        String name = GUEST.stored(Code.NODE, TALKER, "");
        Instant before = Instant.now();
        List<String> logs = GUEST.recordWithLogs(GUEST.invoke(name, "{}").text("activationId"))
                .logs();

        assertThat(logs).hasSize(2);
        assertThat(logs.getFirst()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d[.\\d]*Z *stdout: to out");
        assertThat(logs.getLast()).endsWith(" stderr: to err");
        for (String line : logs) {
            assertThat(line.substring(30)).matches(" std(out|err): .*");
            assertThat(Instant.parse(line.substring(0, 30).strip()))
                    .isBetween(before.minusSeconds(1), Instant.now().plusSeconds(1));
        }
    }

    @Test
    @Tag("R-38")
    @Tag("R-132")
    void aRowOfTheListIsASummary() {
        String name = GUEST.stored(Code.NODE, Code.node("return {error: 'no'};"), "");
        String id = GUEST.invoke(name, "{}").expect(502).text("activationId");

        Answer list = GUEST.get(LIST + "?name=" + name).expect(200);

        assertThat(list.rows()).hasSize(1);
        var row = list.rows().getFirst();
        assertThat(row.fields().keySet())
                .containsExactlyInAnyOrder(
                        "namespace",
                        "name",
                        "version",
                        "publish",
                        "annotations",
                        "activationId",
                        "start",
                        "end",
                        "duration",
                        "statusCode");
        assertThat(row.field("activationId")).contains(RawJson.string(id));
        assertThat(row.field("statusCode")).contains(RawJson.number(1));
    }

    @Test
    @Tag("R-38")
    @Tag("R-131")
    void aListWithDocsHasWholeRecords() {
        String name = GUEST.stored(Code.NODE, Code.NODE_ECHO, "");
        GUEST.invoke(name, "{\"deep\":[1]}").expect(200);

        var row = GUEST.get(LIST + "?docs=true&name=" + name).expect(200).rows().getFirst();

        assertThat(row.field("response")
                        .flatMap(response -> response.field("result"))
                        .orElseThrow()
                        .toString())
                .isEqualTo("{\"deep\":[1]}");
        assertThat(row.fields()).containsKeys("logs", "subject", "end");
        assertThat(row.fields()).doesNotContainKey("statusCode");
    }

    @Test
    @Tag("R-11")
    @Tag("R-38")
    @Tag("R-133")
    void theListIsFilteredByNameAndTimeNewestFirst() {
        String name = GUEST.stored(Code.NODE, Code.NODE_ECHO, "");
        List<Answer> calls = List.of(1, 2, 3, 4).stream()
                .map(_ -> GUEST.invoke(name, "{}").expect(200))
                .toList();
        List<String> newestFirst =
                calls.reversed().stream().map(call -> call.text("activationId")).toList();
        long second = calls.get(1).number("start");
        long third = calls.get(2).number("start");
        String query = "?name=" + name;

        assertThat(ids(query)).isEqualTo(newestFirst);
        assertThat(ids(query + "&limit=2")).isEqualTo(newestFirst.subList(0, 2));
        assertThat(ids(query + "&limit=2&skip=1")).isEqualTo(newestFirst.subList(1, 3));
        assertThat(ids(query + "&since=" + second)).contains(newestFirst.get(2)).containsAll(newestFirst.subList(0, 2));
        assertThat(ids(query + "&upto=" + second)).contains(newestFirst.get(2), newestFirst.get(3));
        assertThat(ids(query + "&since=" + second + "&upto=" + third)).contains(newestFirst.get(2), newestFirst.get(1));
        assertThat(ids(query + "&since=" + (calls.get(3).number("start") + 1))).isEmpty();
        assertThat(ids("?name=guest-has-no-such-action")).isEmpty();
        assertThat(GUEST.get(LIST + query + "&count=true").expect(200).body()).isEqualTo("{\"activations\":4}");
        assertThat(GUEST.get(LIST + query + "&count=true&since=" + (calls.get(3).number("start") + 1))
                        .body())
                .isEqualTo("{\"activations\":0}");
    }

    @Test
    @Tag("R-133")
    void malformedFiltersAreRefused() {
        GUEST.get(LIST + "?name=a/b/c")
                .expectError(400, Messages.queryMalformed("name", Messages.activationNameFilterMalformed("a/b/c")));
        for (String parameter : List.of("since", "upto")) {
            GUEST.get(LIST + "?" + parameter + "=yesterday")
                    .expectError(400, Messages.queryMalformed(parameter, Messages.epochMalformed("yesterday")));
        }
        GUEST.get(LIST + "?count=true&docs=true").expectError(400, Messages.DOCS_WITH_COUNT);
        GUEST.get(LIST + "?name=").expect(200);
    }

    @Test
    @Tag("R-135")
    void annotationsTellHowTheActivationRan() {
        String name =
                GUEST.stored(Code.NODE, Code.NODE_ECHO, ",\"limits\":{\"timeout\":5000,\"memory\":128,\"logs\":1}");

        Answer cold = GUEST.invoke(name, "{}").expect(200);
        Answer warm = GUEST.invoke(name, "{}").expect(200);

        for (Answer record : List.of(cold, warm)) {
            assertThat(record.annotation("path")).contains(RawJson.string("guest/" + name));
            assertThat(record.annotation("kind")).contains(RawJson.string("nodejs:20"));
            assertThat(record.annotation("timeout")).contains(RawJson.FALSE);
            assertThat(record.annotation("waitTime")
                            .flatMap(RawJson::asWholeNumber)
                            .orElse(-1L))
                    .isNotNegative();
            var limits = record.annotation("limits").orElseThrow();
            assertThat(limits.fields().keySet()).containsExactlyInAnyOrder("timeout", "memory", "logs", "concurrency");
            assertThat(limits.field("timeout")).contains(RawJson.number(5000));
        }
        assertThat(cold.annotation("initTime").flatMap(RawJson::asWholeNumber).orElse(-1L))
                .isNotNegative();
        assertThat(warm.annotation("initTime")).isEmpty();
    }

    @Test
    @Tag("R-139")
    void recordsCannotBeDeleted() {
        String name = GUEST.stored(Code.NODE, Code.NODE_ECHO, "");
        String id = GUEST.invoke(name, "{}").text("activationId");

        GUEST.delete(Api.activation(id)).expectErrorStarting(405, "HTTP method not allowed");
        GUEST.put(Api.activation(id), "{}").expectErrorStarting(405, "HTTP method not allowed");
        GUEST.record(id);
    }

    @ParameterizedTest
    @ValueSource(ints = {1 << 20, 3 << 20})
    @Tag("R-138")
    void aResultThatIsTooLargeIsAnApplicationErrorThatShowsItsBeginning(int length) {
        String name = GUEST.stored(Code.NODE, Code.node("return {a: 'x'.repeat(args.length)};"), "");

        Answer record = GUEST.invoke(name, "{\"length\":" + length + "}").expect(502);

        assertThat(record.text("response", "status")).isEqualTo("application error");
        assertThat(record.text("response", "result", "error"))
                .startsWith("The action produced a response that exceeded the allowed length: ")
                .contains(" > 1048576 bytes. The truncated response was: {\"a\":\"xxxx")
                .hasSizeLessThan(2000);
        assertThat(GUEST.invoke(name, "{\"length\":5}").expect(200).text("response", "result", "a"))
                .isEqualTo("xxxxx");
    }

    @Test
    @Tag("R-38")
    void everyActionsRecordsSurviveItsDeletion() {
        String name = GUEST.stored(Code.NODE, Code.NODE_ECHO, "");
        String id = GUEST.invoke(name, "{}").text("activationId");
        GUEST.delete(Api.action(name)).expect(200);

        assertThat(GUEST.record(id).text("name")).isEqualTo(name);
        assertThat(ids("?name=" + name)).containsExactly(id);
    }

    @Test
    @Tag("R-38")
    @Tag("R-39")
    void whoWasAnsweredCanReadTheRecordAtOnce() {
        String name = GUEST.stored(Code.NODE, Code.NODE_ECHO, "");
        for (int i = 1; i <= 150; i++) {
            String id = GUEST.invoke(name, "{}").expect(200).text("activationId");

            GUEST.get(Api.activation(id)).expect(200);
            assertThat(ids("?limit=1&name=" + name)).containsExactly(id);
            assertThat(GUEST.get(LIST + "?count=true&name=" + name).number("activations"))
                    .isEqualTo(i);
        }
    }
}
