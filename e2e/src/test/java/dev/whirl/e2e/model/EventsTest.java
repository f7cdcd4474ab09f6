package dev.whirl.e2e.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Answer;
import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Code;
import dev.whirl.e2e.support.Names;
import dev.whirl.e2e.support.SharedServer;
import dev.whirl.e2e.support.Waiting;
import dev.whirl.model.json.MalformedJsonException;
import dev.whirl.model.json.RawJson;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// From the event to what the function saw.
class EventsTest {
    private static final Api GUEST = SharedServer.guest();

    private static String trigger(String parameters) {
        String name = Names.unique("event");
        GUEST.put(Api.OWN + "/triggers/" + name, "{\"parameters\":" + parameters + "}")
                .expect(200);
        return name;
    }

    private static String rule(String trigger, String action) {
        String name = Names.unique("rule");
        GUEST.put(Api.OWN + "/rules/" + name, "{\"trigger\":\"/_/%s\",\"action\":\"%s\"}".formatted(trigger, action))
                .expect(200);
        return name;
    }

    private static Answer fire(String trigger, String payload) {
        return GUEST.post(Api.OWN + "/triggers/" + trigger, payload);
    }

    private static RawJson line(String text) {
        try {
            return RawJson.parse(text);
        } catch (MalformedJsonException e) {
            throw new AssertionError(text, e);
        }
    }

    private static String startedBy(String line) {
        return line(line).field("activationId").flatMap(RawJson::asText).orElseThrow(() -> new AssertionError(line));
    }

    @Test
    @Tag("R-32")
    @Tag("R-111")
    @Tag("R-112")
    void aFunctionSeesTheEventWithTheParametersOfItsTriggerAndTheHeaders() {
        String trigger = trigger("[{\"key\":\"place\",\"value\":\"here\"},{\"key\":\"who\",\"value\":\"nobody\"}]");
        rule(trigger, "/_/" + GUEST.stored(Code.NODE, Code.NODE_ECHO, ""));

        Answer fired = fire(trigger, "{\"who\":\"me\"}").expect(202);

        Answer record = GUEST.get(Api.activation(fired.text("activationId"))).expect(200);
        assertThat(record.at("response", "result").toString()).isEqualTo("{\"who\":\"me\"}");
        assertThat(fired.header("x-openwhisk-activation-id")).isEqualTo(fired.text("activationId"));
        Answer action = GUEST.record(startedBy(record.logs().getFirst()));
        assertThat(action.text("response", "result", "place")).isEqualTo("here");
        assertThat(action.text("response", "result", "who")).isEqualTo("me");
        assertThat(action.text("response", "result", "__ow_headers", "content-type"))
                .isEqualTo("application/json");
        assertThat(action.find("cause")).isEmpty();
    }

    @Test
    @Tag("R-111")
    @Tag("R-113")
    @Tag("R-121")
    void rulesRunAlongsideAndThoseThatAreOffSaySo() {
        String trigger = trigger("[]");
        String good = GUEST.stored(Code.NODE, Code.NODE_ECHO, "");
        String sequence = Names.unique("sequence");
        GUEST.put(
                        Api.action(sequence),
                        "{\"exec\":{\"kind\":\"sequence\",\"components\":[\"/_/%s\",\"/_/%s\"]}}".formatted(good, good))
                .expect(200);
        rule(trigger, "/_/" + good);
        rule(trigger, "/_/" + sequence);
        String off = rule(trigger, "/_/" + good);
        GUEST.post(Api.OWN + "/rules/" + off, "{\"status\":\"inactive\"}").expect(200);

        Answer fired = fire(trigger, "{}").expect(202);

        List<String> lines =
                GUEST.get(Api.activation(fired.text("activationId"))).logs();
        assertThat(lines).hasSize(3);
        assertThat(GUEST.record(startedBy(lines.get(0))).text("response", "status"))
                .isEqualTo("success");
        assertThat(GUEST.record(startedBy(lines.get(1))).logs()).hasSize(2);
        assertThat(lines.get(2)).contains("is inactive");
        GUEST.delete(Api.OWN + "/triggers/" + trigger).expect(200);
        assertThat(GUEST.get(Api.OWN + "/rules/" + off).text("status")).isEqualTo("inactive");
    }

    @Test
    @Tag("R-32")
    @Tag("trap-6")
    void withoutRulesAnEventLeavesNoTrace() {
        String trigger = trigger("[]");

        Answer fired = fire(trigger, "{}").expect(204);

        assertThat(fired.body()).isEmpty();
        assertThat(GUEST.get(Api.OWN + "/activations?name=" + trigger).rows()).isEmpty();
    }

    @Test
    @Tag("R-112")
    void aFunctionCanFireTheTriggerOfAnotherFunction() {
        String second = trigger("[]");
        rule(second, "/_/" + GUEST.stored(Code.NODE, Code.NODE_ECHO, ""));
        String code = """
                async function main(args) {
                  const answer = await fetch(
                    process.env.__OW_API_HOST + '/api/v1/namespaces/_/triggers/%s',
                    {method: 'POST', headers: {'Content-Type': 'application/json', 'Authorization':
                      'Basic ' + Buffer.from(process.env.__OW_API_KEY).toString('base64')},
                     body: JSON.stringify({from: 'function'})});
                  return {status: answer.status, body: await answer.json()};
                }""".formatted(second);
        String first = GUEST.stored(Code.NODE, code, ",\"annotations\":[{\"key\":\"provide-api-key\",\"value\":true}]");

        Answer called = GUEST.result(first, "{}").expect(200);

        assertThat(called.number("status")).isEqualTo(202);
        Answer record = GUEST.get(Api.activation(called.text("body", "activationId")));
        Answer last = GUEST.record(startedBy(record.logs().getFirst()));
        assertThat(last.text("response", "result", "from")).isEqualTo("function");
    }

    @Test
    @Tag("R-83")
    @Tag("R-100")
    @Tag("R-135")
    @Tag("A-6")
    @Tag("trap-18")
    void anActionIsCalledThroughTheBindingOfASharedPackage() {
        Api system = SharedServer.system();
        String pkg = Names.unique("tools");
        system.put(
                        Api.OWN + "/packages/" + pkg,
                        "{\"publish\":true,\"parameters\":[{\"key\":\"a\",\"value\":1},{\"key\":\"b\",\"value\":1}]}")
                .expect(200);
        system.create(pkg + "/echo", Code.NODE, Code.NODE_ECHO);
        String bound = Names.unique("bound");
        GUEST.put(
                        Api.OWN + "/packages/" + bound,
                        ("{\"binding\":{\"namespace\":\"whisk.system\",\"name\":\"%s\"},"
                                        + "\"parameters\":[{\"key\":\"b\",\"value\":2}]}")
                                .formatted(pkg))
                .expect(200);

        Answer called = GUEST.invoke(bound + "/echo", "{\"c\":3}").expect(200);

        assertThat(called.at("response", "result").toString()).isEqualTo("{\"a\":1,\"b\":2,\"c\":3}");
        assertThat(called.text("namespace")).isEqualTo("guest");
        assertThat(called.annotation("path")).contains(RawJson.string("whisk.system/" + pkg + "/echo"));
        assertThat(called.annotation("binding")).contains(RawJson.string("guest/" + bound));
        system.delete(Api.OWN + "/packages/" + pkg + "?force=true").expect(200);
        Waiting.until(
                Duration.ofSeconds(10), () -> GUEST.invoke(bound + "/echo", "{}"), answer -> answer.status() == 403);
    }
}
