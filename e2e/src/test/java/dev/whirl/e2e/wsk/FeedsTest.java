package dev.whirl.e2e.wsk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Answer;
import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Code;
import dev.whirl.e2e.support.Names;
import dev.whirl.e2e.support.ServerOptions;
import dev.whirl.e2e.support.SharedServer;
import dev.whirl.e2e.support.Waiting;
import dev.whirl.e2e.support.WhirlServer;
import dev.whirl.model.json.RawJson;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Alarms of `/whisk.system/alarms`, as `wsk` makes them.
class FeedsTest {
    private static final String ALARM = "/whisk.system/alarms/alarm";
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private final String trigger = Names.unique("tick");

    @Test
    @Tag("F-1")
    @Tag("F-2")
    @Tag("F-3")
    @Tag("F-4")
    @Tag("F-7")
    void anAlarmFiresARuleAndIsShownChangedAndDeleted() {
        var wsk = new Wsk(folder, SharedServer.get().address());
        Api guest = SharedServer.guest();
        String action = guest.stored(Code.NODE, Code.NODE_ECHO, "");

        assertThat(wsk.ok(
                        "trigger",
                        "create",
                        trigger,
                        "--feed",
                        ALARM,
                        "-p",
                        "cron",
                        "* * * * * *",
                        "-p",
                        "trigger_payload",
                        "{\"name\":\"Odin\"}"))
                .endsWith("ok: created trigger " + trigger + "\n");
        wsk.ok("rule", "create", trigger + "-rule", trigger, action);

        Waiting.until(SOON, () -> runs(guest, action), each -> each.size() >= 3);
        assertThat(result(guest, runs(guest, action)).field("name")).contains(RawJson.string("Odin"));
        assertThat(wsk.ok("trigger", "get", trigger))
                .contains("\"cron\": \"* * * * * *\"", "\"timezone\": \"UTC\"", "\"active\": true")
                .doesNotContain(Api.GUEST_KEY.substring(37));
        wsk.ok("trigger", "update", trigger, "-p", "cron", "0 0 1 1 *", "-p", "timezone", "Europe/Vienna");
        assertThat(wsk.ok("trigger", "get", trigger))
                .contains("\"cron\": \"0 0 1 1 *\"", "\"timezone\": \"Europe/Vienna\"", "\"name\": \"Odin\"");
        wsk.ok("trigger", "delete", trigger);
        guest.get(Api.OWN + "/triggers/" + trigger).expect(404);
        assertThat(read(guest).text("error")).contains("has no feed");
    }

    @Test
    @Tag("F-8")
    void whatCanNotWorkLeavesNoTriggerBehind() {
        var wsk = new Wsk(folder, SharedServer.get().address());

        for (List<String> each : List.of(
                List.of(ALARM, "cron", "61 * * * *", "cron pattern '61 * * * *' is not valid"),
                List.of(ALARM, "x", "y", "alarms trigger feed is missing the cron parameter"),
                List.of(
                        "/whisk.system/alarms/interval",
                        "minutes",
                        "0",
                        "the minutes parameter must be an integer greater than zero"),
                List.of(
                        "/whisk.system/alarms/once",
                        "x",
                        "y",
                        "alarms once trigger feed is missing the date parameter"))) {
            assertThat(wsk.run("trigger", "create", trigger, "--feed", each.get(0), "-p", each.get(1), each.get(2))
                            .expect(246)
                            .err())
                    .contains(each.get(3));
            SharedServer.guest().get(Api.OWN + "/triggers/" + trigger).expect(404);
        }
    }

    @Test
    @Tag("F-9")
    void aFeedWhoseTriggerIsGoneIsStoppedAndSaysWhy() {
        var wsk = new Wsk(folder, SharedServer.get().address());
        Api guest = SharedServer.guest();
        wsk.ok("trigger", "create", trigger, "--feed", ALARM, "-p", "cron", "* * * * * *");

        guest.delete(Api.OWN + "/triggers/" + trigger).expect(200);

        String status = Waiting.until(
                        SOON,
                        () -> read(guest)
                                .json()
                                .field("status")
                                .orElse(RawJson.NULL)
                                .toString(),
                        each -> each.contains("\"active\":false"))
                .toString();
        assertThat(status).contains("\"kind\":\"AUTO\"", "\"statusCode\":404");
    }

    @Test
    @Tag("F-6")
    void anAlarmThatFiresOnceTakesTriggerAndRulesWithIt() {
        var wsk = new Wsk(folder, SharedServer.get().address());
        Api guest = SharedServer.guest();
        String action = guest.stored(Code.NODE, Code.NODE_ECHO, "");
        wsk.ok(
                "trigger",
                "create",
                trigger,
                "--feed",
                "/whisk.system/alarms/once",
                "-p",
                "date",
                Long.toString(System.currentTimeMillis() + 8000),
                "-p",
                "deleteAfterFire",
                "rules");
        wsk.ok("rule", "create", trigger + "-rule", trigger, action);

        Waiting.until(SOON, () -> guest.get(Api.OWN + "/triggers/" + trigger).status(), each -> each == 404);

        guest.get(Api.OWN + "/rules/" + trigger + "-rule").expect(404);
        Waiting.until(SOON, () -> runs(guest, action), each -> each.size() == 1);
    }

    @Test
    @Tag("F-4")
    void anAlarmGoesOnAfterItsServerWasKilled() {
        ServerOptions options = ServerOptions.DEFAULT.withData(folder.resolve("data"));
        String action;
        try (var server = WhirlServer.start(options)) {
            Api guest = Api.guest(server);
            action = guest.stored(Code.NODE, Code.NODE_ECHO, "");
            new Wsk(folder, server.address())
                    .ok("trigger", "create", trigger, "--feed", ALARM, "-p", "cron", "* * * * * *");
            new Wsk(folder, server.address()).ok("rule", "create", trigger + "-rule", trigger, action);
            Waiting.until(SOON, () -> runs(guest, action), each -> each.size() >= 2);
            server.kill();
        }
        try (var server = WhirlServer.start(options)) {
            Api guest = Api.guest(server);
            int before = runs(guest, action).size();

            Waiting.until(SOON, () -> runs(guest, action), each -> each.size() >= before + 3);
        }
    }

    @Test
    void aPostThatIsSignedFiresATriggerAndNothingElseDoes() throws GeneralSecurityException {
        var wsk = new Wsk(folder, SharedServer.get().address());
        Api guest = SharedServer.guest();
        Api stranger = SharedServer.anonymous();
        String action = guest.stored(Code.NODE, Code.NODE_ECHO, "");
        String made = wsk.ok(
                "trigger",
                "create",
                trigger,
                "--feed",
                "/whisk.system/webhooks/webhook",
                "-p",
                "sender",
                "github",
                "-p",
                "secret",
                "not-to-be-guessed");
        wsk.ok("rule", "create", trigger + "-rule", trigger, action);
        String path = "/api/v1/webhooks/guest/" + trigger;
        assertThat(made).contains(path);
        assertThat(wsk.ok("trigger", "get", trigger)).contains(path).doesNotContain("not-to-be-guessed");
        String body = "{\"ref\":\"main\"}";

        stranger.post(path, body).expect(401);
        stranger.post(path + "x", body).expect(404);
        var signed = stranger.request(path)
                .header("Content-Type", "application/json")
                .header("X-GitHub-Event", "push")
                .header("X-Hub-Signature-256", "sha256=" + mac(body));
        Answer answer =
                stranger.send(signed.POST(BodyPublishers.ofString(body))).expect(202);

        assertThat(answer.text("activationId")).hasSize(32);
        List<RawJson> runs = Waiting.until(SOON, () -> runs(guest, action), each -> !each.isEmpty());
        RawJson result = result(guest, runs);
        assertThat(result.field("event")).contains(RawJson.string("push"));
        assertThat(result.field("body").map(RawJson::toString)).contains(body);
        wsk.ok("trigger", "delete", trigger);
        stranger.post(path, body).expect(404);
    }

    private static String mac(String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("not-to-be-guessed".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }

    private Answer read(Api guest) {
        return guest.post(
                "/api/v1/feeds/alarm", "{\"lifecycleEvent\":\"READ\",\"triggerName\":\"/_/" + trigger + "\"}");
    }

    private static List<RawJson> runs(Api guest, String action) {
        return guest.get(Api.OWN + "/activations?limit=200&name=" + action)
                .expect(200)
                .json()
                .elements();
    }

    /// What the newest of some runs was called with, and answered.
    private static RawJson result(Api guest, List<RawJson> runs) {
        return guest.get(Api.activation(text(runs.getFirst(), "activationId")))
                .expect(200)
                .at("response")
                .field("result")
                .orElseThrow();
    }

    private static String text(RawJson record, String field) {
        return record.field(field).flatMap(RawJson::asText).orElseThrow();
    }
}
