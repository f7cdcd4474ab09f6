package dev.whirl.e2e.traps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Answer;
import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Code;
import dev.whirl.e2e.support.SharedServer;
import dev.whirl.e2e.support.Waiting;
import dev.whirl.model.json.RawJson;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Traps in what calls answer and records say.
class AnswersTest {
    private static final Api GUEST = SharedServer.guest();
    private static final String ECHO = GUEST.stored(Code.NODE, Code.NODE_ECHO, "");
    private static final String THROW = GUEST.stored(Code.NODE, Code.node("throw new Error('bad');"), "");
    private static final String PRINT = GUEST.stored(Code.NODE, Code.node("console.log('said'); return {};"), "");

    @Test
    @Tag("trap-2")
    void everyErrorHasASentenceAndTheTransactionAsText() {
        GUEST.get(Api.action("not-there")).expectError(404, "The requested resource does not exist.");
        GUEST.get("/api/v1/no-such-route").expectError(404, "The requested resource could not be found.");
        GUEST.put(Api.action("x"), "{").expectErrorStarting(400, "The request content was malformed:");
        GUEST.put("/api/v1/namespaces", "{}").expectErrorStarting(405, "HTTP method not allowed");
        SharedServer.anonymous().get(Api.OWN + "/actions").expectErrorStarting(401, "The resource requires");
    }

    @Test
    @Tag("trap-3")
    void errorsOfTheActionAre502AndAWaitThatEndsIs202() {
        String sleep = GUEST.stored(Code.NODE, Code.NODE_SLEEP, "");

        Answer application = GUEST.invoke(ECHO, "{\"error\":\"no\"}").expect(502);
        Answer developer = GUEST.invoke(THROW, "{}").expect(502);
        Answer late = GUEST.post(Api.action(sleep) + "?blocking=true&timeout=50", "{\"millis\":400}");

        assertThat(application.text("response", "status")).isEqualTo("application error");
        assertThat(developer.text("response", "status")).isEqualTo("action developer error");
        assertThat(GUEST.result(ECHO, "{\"error\":\"no\"}").expect(502).body()).isEqualTo("{\"error\":\"no\"}");
        GUEST.invoke(ECHO, "{}").expect(200);
        assertThat(late.expect(202).json().fields()).containsOnlyKeys("activationId");
        assertThat(GUEST.post(Api.action(ECHO), "{}").expect(202).json().fields())
                .containsOnlyKeys("activationId");
    }

    @Test
    @Tag("trap-4")
    void logsComeWithTheStoredRecordAndNotWithTheAnswer() {
        Answer answer = GUEST.invoke(PRINT, "{}").expect(200);

        assertThat(answer.logs()).isEmpty();
        Answer record = GUEST.recordWithLogs(answer.text("activationId"));
        assertThat(record.logs()).hasSize(1).first().asString().endsWith("stdout: said");
    }

    @Test
    @Tag("trap-5")
    void aRecordHasAStatusInWordsAndARowHasANumber() {
        String id = GUEST.invoke(THROW, "{}").expect(502).text("activationId");

        Answer record = GUEST.record(id);
        RawJson row = Waiting.until(
                        Duration.ofSeconds(15),
                        () -> GUEST.get(Api.OWN + "/activations?name=" + THROW),
                        rows -> !rows.rows().isEmpty())
                .rows()
                .getFirst();

        assertThat(record.at("response").fields()).containsKeys("status", "success", "result");
        assertThat(record.at("response").fields()).doesNotContainKey("statusCode");
        assertThat(record.text("response", "status")).isEqualTo("action developer error");
        assertThat(row.field("statusCode").flatMap(RawJson::asWholeNumber)).contains(2L);
        assertThat(row.fields()).doesNotContainKeys("response", "logs");
    }

    @Test
    @Tag("trap-20")
    void answersCarryTheActivationAndTheTransaction() {
        Answer called = GUEST.send(GUEST.request(Api.action(ECHO) + "?blocking=true")
                .header("X-Request-ID", "mine-1")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}")));
        Answer accepted = GUEST.post(Api.action(ECHO), "{}");

        assertThat(called.header("x-openwhisk-activation-id")).isEqualTo(called.text("activationId"));
        assertThat(called.header("X-Request-ID")).isEqualTo("mine-1");
        assertThat(accepted.header("x-openwhisk-activation-id")).isEqualTo(accepted.text("activationId"));
        assertThat(GUEST.get("/api/v1/namespaces").header("X-Request-ID")).matches("[A-Za-z0-9]{32}");
    }
}
