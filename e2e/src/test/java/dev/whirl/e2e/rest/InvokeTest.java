package dev.whirl.e2e.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Answer;
import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Code;
import dev.whirl.e2e.support.SharedServer;
import dev.whirl.model.Messages;
import dev.whirl.model.json.RawJson;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InvokeTest {
    private static final Api GUEST = SharedServer.guest();
    private static final String ECHO = GUEST.stored(Code.NODE, Code.NODE_ECHO, "");
    private static final String SLEEP = GUEST.stored(Code.NODE, Code.NODE_SLEEP, "");

    @Test
    @Tag("R-27")
    @Tag("R-80")
    void aCallThatDoesNotWaitIsAcceptedWithAnId() {
        Answer answer =
                GUEST.post(Api.action(ECHO) + "?blocking=false", "{\"a\":1}").expect(202);

        assertThat(answer.json().fields().keySet()).containsExactly("activationId");
        assertThat(answer.text("activationId")).matches("[0-9a-f]{32}");
        Answer record = GUEST.record(answer.text("activationId"));
        assertThat(record.at("response", "result").toString()).isEqualTo("{\"a\":1}");
    }

    @Test
    @Tag("R-80")
    void resultAloneDoesNotMakeACallWait() {
        Answer answer = GUEST.post(Api.action(ECHO) + "?result=true", "{}").expect(202);

        assertThat(answer.json().fields().keySet()).containsExactly("activationId");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[1,2]", "7", "\"text\"", "null", "true"})
    @Tag("R-80")
    void theArgumentMustBeAnObject(String payload) {
        GUEST.post(Api.action(ECHO), payload).expectErrorStarting(400, "The request content was malformed:\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"a\":}", "{'a':1}", "{\"a\":1}x", "{\"a\":01}", "nonsense", "{\"a\":\"\u0001\"}"})
    @Tag("R-6")
    @Tag("R-80")
    void aMalformedArgumentIsRefused(String payload) {
        GUEST.post(Api.action(ECHO) + "?blocking=true", payload)
                .expectErrorStarting(400, "The request content was malformed:\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "60001", "abc", "1.5", "99999999999999999999"})
    @Tag("R-81")
    void theTimeToWaitHasItsRange(String timeout) {
        GUEST.post(Api.action(ECHO) + "?blocking=true&timeout=" + timeout, "{}")
                .expectError(400, Messages.queryMalformed("timeout", Messages.timeoutParameter(60_000)));
    }

    @Test
    @Tag("R-81")
    @Tag("R-82")
    @Tag("R-88")
    void aCallThatIsNotAnsweredInTimeGoesOnWithoutTheCaller() {
        Answer answer = GUEST.post(Api.action(SLEEP) + "?blocking=true&timeout=100", "{\"millis\":700}")
                .expect(202);

        assertThat(answer.json().fields().keySet()).containsExactly("activationId");
        assertThat(answer.header("x-openwhisk-activation-id")).isEqualTo(answer.text("activationId"));
        Answer record = GUEST.record(answer.text("activationId"));
        assertThat(record.text("response", "status")).isEqualTo("success");
        assertThat(record.number("duration")).isGreaterThanOrEqualTo(690);
    }

    @Test
    @Tag("R-82")
    void aWaitingCallIsAnsweredWithTheRecordWithoutLogs() {
        String name = GUEST.stored(Code.NODE, Code.node("console.log('said'); return {b: 2};"), "");

        Answer answer = GUEST.invoke(name, "{}").expect(200);

        assertThat(answer.at("response").toString())
                .isEqualTo(answer.at("response").compact().toString());
        assertThat(answer.text("response", "status")).isEqualTo("success");
        assertThat(answer.at("response", "success")).isEqualTo(RawJson.TRUE);
        assertThat(answer.at("response", "result").toString()).isEqualTo("{\"b\":2}");
        assertThat(answer.number("response", "size")).isEqualTo(7);
        assertThat(answer.at("logs")).isEqualTo(RawJson.EMPTY_ARRAY);
        assertThat(GUEST.recordWithLogs(answer.text("activationId")).logs()).hasSize(1);
    }

    @Test
    @Tag("R-82")
    void anApplicationErrorIsABadGatewayWithTheRecord() {
        String name = GUEST.stored(Code.NODE, Code.node("return {error: {code: 7}};"), "");

        Answer record = GUEST.invoke(name, "{}").expect(502);
        Answer result = GUEST.result(name, "{}").expect(502);

        assertThat(record.text("response", "status")).isEqualTo("application error");
        assertThat(record.at("response", "success")).isEqualTo(RawJson.FALSE);
        assertThat(record.at("response", "result").toString()).isEqualTo("{\"error\":{\"code\":7}}");
        assertThat(result.body()).isEqualTo("{\"error\":{\"code\":7}}");
    }

    @Test
    @Tag("R-82")
    void aDeveloperErrorIsABadGatewayWithTheRecord() {
        String name = GUEST.stored(Code.NODE, Code.node("throw new Error('broken');"), "");

        Answer record = GUEST.invoke(name, "{}").expect(502);
        Answer result = GUEST.result(name, "{}").expect(502);

        assertThat(record.text("response", "status")).isEqualTo("action developer error");
        assertThat(record.text("response", "result", "error")).contains("broken");
        assertThat(result.json().fields().keySet()).containsExactly("error");
    }

    @Test
    @Tag("R-82")
    void aResultThatIsAnArrayIsAnsweredAlone() {
        String name = GUEST.stored(Code.NODE, Code.node("return [1, {\"two\": 2}];"), "");

        assertThat(GUEST.invoke(name, "{}").expect(200).body()).isEqualTo("[1,{\"two\":2}]");
        assertThat(GUEST.result(name, "{}").expect(200).body()).isEqualTo("[1,{\"two\":2}]");
    }

    @Test
    @Tag("R-83")
    void theArgumentOverridesTheActionsParameters() {
        String name = GUEST.stored(
                Code.NODE,
                Code.NODE_ECHO,
                ",\"parameters\":[{\"key\":\"a\",\"value\":1},{\"key\":\"b\",\"value\":{\"x\":1}},{\"key\":\"n\",\"value\":null}]");

        Answer answer = GUEST.result(name, "{\"b\":{\"y\":2},\"c\":3}").expect(200);

        assertThat(answer.number("a")).isEqualTo(1);
        assertThat(answer.at("b").toString()).isEqualTo("{\"y\":2}");
        assertThat(answer.number("c")).isEqualTo(3);
    }

    @Test
    @Tag("R-83")
    void aFinalParameterCannotBeOverridden() {
        String name = GUEST.stored(
                Code.NODE,
                Code.NODE_ECHO,
                ",\"parameters\":[{\"key\":\"a\",\"value\":1},{\"key\":\"open\",\"value\":null}]"
                        + ",\"annotations\":[{\"key\":\"final\",\"value\":true}]");

        GUEST.result(name, "{\"a\":2}").expectError(400, Messages.PARAMETERS_NOT_ALLOWED);
        assertThat(GUEST.result(name, "{\"open\":2,\"free\":3}").expect(200).number("open"))
                .isEqualTo(2);
    }

    @Test
    @Tag("R-14")
    @Tag("K-10")
    void initParametersGoToTheEnvironmentOnly() {
        String name = GUEST.stored(
                Code.NODE,
                Code.node("return {env: process.env.GREETING, object: process.env.OBJECT, keys: Object.keys(args)};"),
                ",\"parameters\":[{\"key\":\"GREETING\",\"value\":\"hi\",\"init\":true},"
                        + "{\"key\":\"OBJECT\",\"value\":{\"a\":1},\"init\":true},{\"key\":\"p\",\"value\":1}]");

        Answer answer = GUEST.result(name, "{}").expect(200);

        assertThat(answer.text("env")).isEqualTo("hi");
        assertThat(answer.text("object")).isEqualTo("{\"a\":1}");
        assertThat(answer.at("keys").toString()).isEqualTo("[\"p\"]");
    }

    @Test
    @Tag("R-84")
    void anArgumentHasAtMostOneMebibyte() {
        String largest = "{\"a\":\"" + "x".repeat((1 << 20) - 8) + "\"}";
        String tooLarge = "{\"a\":\"" + "x".repeat((1 << 20) - 7) + "\"}";

        assertThat(GUEST.result(ECHO, largest).expect(200).body()).hasSize(1 << 20);
        GUEST.result(ECHO, tooLarge).expectError(413, "Request larger than allowed: 1048577 > 1048576 bytes.");
    }

    @Test
    @Tag("R-84")
    @Tag("attack-26")
    void anArgumentWithoutAnnouncedLengthHasTheSameLimit() {
        byte[] body = ("{\"a\":\"" + "x".repeat(1 << 20) + "\"}").getBytes(StandardCharsets.UTF_8);

        Answer answer = GUEST.send(GUEST.request(Api.action(ECHO) + "?blocking=true")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArrays(List.of(body))));

        answer.expectErrorStarting(413, "Request larger than allowed: ");
    }

    @Test
    @Tag("R-86")
    void whoDoesNotOwnTheNamespaceMayDoNothingInIt() {
        String path = "/api/v1/namespaces/guest/actions/" + ECHO;
        String missing = "/api/v1/namespaces/guest/actions/not-there-at-all";
        Api stranger = SharedServer.system();

        for (Answer answer : List.of(
                stranger.get(path),
                stranger.post(path, "{}"),
                stranger.delete(path),
                stranger.put(path + "?overwrite=true", "{}"),
                stranger.get(missing),
                stranger.post(missing, "{}"))) {
            answer.expectErrorStarting(403, "The supplied authentication is not authorized to access 'guest/");
        }
        GUEST.get(Api.action(ECHO)).expect(200);
    }

    @Test
    @Tag("R-86")
    void aMissingActionOfOnesOwnIsNotFound() {
        GUEST.post(Api.action("not-there"), "{}").expectError(404, Messages.RESOURCE_NOT_FOUND);
        GUEST.post(Api.action("not-there/inside"), "{}").expectError(404, Messages.RESOURCE_NOT_FOUND);
    }

    @Test
    @Tag("R-87")
    @Tag("R-135")
    void theActivationBelongsToTheCaller() {
        Api system = SharedServer.system();
        String name = system.stored(Code.NODE, Code.NODE_ECHO, "");

        Answer record = system.invoke(name, "{}").expect(200);

        assertThat(record.text("namespace")).isEqualTo("whisk.system");
        assertThat(record.text("subject")).isEqualTo("whisk.system");
        assertThat(record.annotation("path")).contains(RawJson.string("whisk.system/" + name));
        GUEST.get(Api.activation(record.text("activationId"))).expect(404);
        GUEST.get("/api/v1/namespaces/whisk.system/activations/" + record.text("activationId"))
                .expect(403);
    }

    @Test
    @Tag("R-63")
    void aKindThatCannotRunHereIsNotBlamedOnTheUser() {
        String name = GUEST.stored("swift:5.7", "func main(args: Any) -> Any { return args }", "");

        Answer answer = GUEST.invoke(name, "{}");

        assertThat(answer.status()).isIn(500, 503);
    }
}
