package dev.whirl.e2e.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Answer;
import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Code;
import dev.whirl.e2e.support.Parallel;
import dev.whirl.e2e.support.ServerOptions;
import dev.whirl.e2e.support.Waiting;
import dev.whirl.e2e.support.WhirlServer;
import dev.whirl.model.ActivationMessages;
import dev.whirl.model.json.RawJson;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What sets itself going again: bounded by the quotas of its namespace, and its records say why it ended.
class RunawaysTest {
    private static final int FIRES = 12;
    private static final int CALLS = 40;
    private static final Duration DEADLINE = Duration.ofSeconds(40);

    /// Sends a request to the API with the key that it was given, and returns what was answered.
    private static final String AGAIN = """
            const http = require('http');
            function main(args) {
              return new Promise((done, fail) => {
                const key = 'Basic ' + Buffer.from(process.env.__OW_API_KEY).toString('base64');
                const headers = {Authorization: key, 'Content-Type': 'application/json'};
                const request = http.request(process.env.__OW_API_HOST + args.path, {method: 'POST', headers}, answer => {
                  let text = '';
                  answer.on('data', part => text += part);
                  answer.on('end', () => done({status: answer.statusCode, answer: JSON.parse(text || '{}')}));
                });
                request.on('error', fail);
                request.end('{}');
              });
            }
            """;

    private static WhirlServer server;
    private static Api guest;

    @BeforeAll
    static void start() {
        server = WhirlServer.start(ServerOptions.DEFAULT
                .with("limits.fires-per-minute", Integer.toString(FIRES))
                .with("limits.invocations-per-minute", Integer.toString(CALLS)));
        guest = Api.guest(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void again(Api caller, String name, String path) {
        String more = ",\"annotations\":[{\"key\":\"provide-api-key\",\"value\":true}],"
                + "\"parameters\":[{\"key\":\"path\",\"value\":\"" + path + "\"}]";
        caller.create(name, Code.NODE, AGAIN, more);
    }

    /// The records of an action's calls that were refused by a quota when they wanted to go on.
    private static List<RawJson> refused(Api caller, String name) {
        return caller.get(Api.OWN + "/activations?docs=true&limit=200&name=" + name).expect(200).rows().stream()
                .filter(row -> row.toString().contains("\"status\":429"))
                .toList();
    }

    @Test
    @Tag("attack-27")
    void aTriggerThatFiresItselfEndsAtTheQuotaAndItsRecordSaysSo() {
        guest.put(Api.OWN + "/triggers/loop", "{}").expect(200);
        again(guest, "fire", "/api/v1/namespaces/_/triggers/loop");
        guest.put(Api.OWN + "/rules/loop-rule", "{\"trigger\":\"/_/loop\",\"action\":\"/_/fire\"}")
                .expect(200);

        guest.post(Api.OWN + "/triggers/loop", "{}").expect(202);

        List<RawJson> ends = Waiting.until(DEADLINE, () -> refused(guest, "fire"), rows -> !rows.isEmpty());
        assertThat(ends.getFirst().toString()).contains("Too many requests in the last minute (count: ");
        long fired = guest.get(Api.OWN + "/activations?count=true&name=loop").number("activations");
        assertThat(fired).as("two minutes at most").isBetween(1L, 2L * FIRES);
        guest.delete(Api.OWN + "/rules/loop-rule").expect(200);
        guest.get(Api.OWN + "/triggers/loop").expect(200);
    }

    @Test
    @Tag("attack-27")
    void anActionThatCallsItselfEndsAtTheQuotaAndOthersAreServed() {
        Api system = Api.system(server);
        again(system, "again", Api.action("again"));

        system.post(Api.action("again"), "{}").expect(202);

        List<RawJson> ends = Waiting.until(DEADLINE, () -> refused(system, "again"), rows -> !rows.isEmpty());
        assertThat(ends.getFirst().toString()).contains("Too many requests in the last minute (count: ");
        assertThat(system.get(Api.OWN + "/activations?count=true&name=again").number("activations"))
                .isLessThanOrEqualTo(2L * CALLS);
        guest.get("/api/v1/namespaces").expect(200);
    }

    @Test
    @Tag("attack-28")
    void sequencesOfSequencesDoNotGrowBeyondTheLimit() {
        guest.create("atom", Code.NODE, Code.NODE_ECHO);
        guest.put(Api.action("grow-0"), twice("atom")).expect(200);
        for (int n = 1; n < 5; n++) {
            guest.put(Api.action("grow-" + n), twice("grow-" + (n - 1))).expect(200);
        }

        guest.put(Api.action("grow-5"), twice("grow-4")).expectErrorStarting(400, ActivationMessages.SEQUENCE_TOO_LONG);
        guest.put(Api.action("grow-0") + "?overwrite=true", twice("grow-4"))
                .expectErrorStarting(400, ActivationMessages.SEQUENCE_CYCLIC);
    }

    /// Each step was checked when it was stored; the circle closes when the binding is given another package.
    @Test
    @Tag("attack-27")
    @Tag("attack-28")
    @Tag("R-180")
    void aSequenceInItselfThroughABindingEndsWithASentence() {
        guest.create("round", Code.NODE, Code.NODE_ECHO);
        for (String pkg : List.of("before", "after")) {
            guest.put(Api.OWN + "/packages/" + pkg, "{}").expect(200);
        }
        guest.put(Api.action("before/step"), sequence("/_/round")).expect(200);
        guest.put(Api.OWN + "/packages/turn", bindingTo("before")).expect(200);
        guest.put(Api.action("circle"), sequence("/_/turn/step")).expect(200);
        guest.put(Api.action("after/step"), sequence("/_/circle")).expect(200);
        guest.put(Api.OWN + "/packages/turn?overwrite=true", bindingTo("after")).expect(200);

        Answer answer =
                Waiting.until(Duration.ofSeconds(70), () -> guest.result("circle", "{}"), each -> each.status() != 429);

        answer.expect(502);
        assertThat(answer.text("error")).isEqualTo(ActivationMessages.SEQUENCE_TOO_LONG);
    }

    private static String bindingTo(String pkg) {
        return "{\"binding\":{\"namespace\":\"_\",\"name\":\"" + pkg + "\"}}";
    }

    private static String sequence(String component) {
        return "{\"exec\":{\"kind\":\"sequence\",\"components\":[\"" + component + "\"]}}";
    }

    private static String twice(String name) {
        return "{\"exec\":{\"kind\":\"sequence\",\"components\":[\"/_/%s\",\"/_/%s\"]}}".formatted(name, name);
    }

    /// Thousands stand for a million: what may not grow with the number of entities is what one answer holds.
    @Test
    @Tag("attack-31")
    void aNamespaceFullOfEntitiesIsListedInPagesAndServedAsBefore() {
        int many = 3_000;
        Parallel.times(20, part -> manyTriggers(part, many / 20));

        assertThat(guest.get(Api.OWN + "/triggers?count=true").number("triggers"))
                .isGreaterThanOrEqualTo(many);
        assertThat(guest.get(Api.OWN + "/triggers?limit=0").rows()).hasSize(200);
        assertThat(guest.get(Api.OWN + "/triggers?limit=200&skip=" + (many - 100))
                        .rows())
                .hasSizeBetween(100, 110);
        Answer fired = guest.post(Api.OWN + "/triggers/t-0-0", "{}");
        assertThat(fired.status()).isIn(204, 429);
    }

    private static int manyTriggers(int part, int count) {
        for (int n = 0; n < count; n++) {
            guest.put(Api.OWN + "/triggers/t-" + part + "-" + n, "{}").expect(200);
        }
        return count;
    }

    @Test
    @Tag("attack-27")
    @Tag("attack-31")
    @Tag("R-111")
    void aTriggerWithMoreRulesThanTheQuotaAllowsSaysWhichWereRefused() {
        int rules = CALLS + 20;
        Api system = Api.system(server);
        system.create("target", Code.NODE, Code.NODE_ECHO);
        system.put(Api.OWN + "/triggers/crowd", "{}").expect(200);
        for (int n = 0; n < rules; n++) {
            system.put(Api.OWN + "/rules/crowd-" + n, "{\"trigger\":\"/_/crowd\",\"action\":\"/_/target\"}")
                    .expect(200);
        }

        String id = system.post(Api.OWN + "/triggers/crowd", "{}").expect(202).text("activationId");

        List<String> lines = system.record(id).logs();
        assertThat(lines).hasSize(rules);
        assertThat(lines.stream().filter(line -> line.contains("\"success\":false")))
                .isNotEmpty()
                .allMatch(line -> line.contains("Too many requests in the last minute (count: "));
    }
}
