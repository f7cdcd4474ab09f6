package dev.whirl.feeds.webhook;

import static dev.whirl.feeds.Examples.NOON;
import static dev.whirl.feeds.Examples.feed;
import static dev.whirl.feeds.Examples.json;
import static dev.whirl.feeds.Examples.trigger;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.common.time.ManualClock;
import dev.whirl.feeds.feed.FeedKind;
import dev.whirl.feeds.feed.FeedTrigger;
import dev.whirl.feeds.fire.FireOutcome;
import dev.whirl.feeds.fire.Fires;
import dev.whirl.feeds.registry.FeedRegistry;
import dev.whirl.feeds.webhook.Repetitions.Standing;
import dev.whirl.model.json.RawJson;
import dev.whirl.store.memory.MemoryStores;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookReceiverTest {
    private static final String SECRET = "not-to-be-guessed";

    private final ManualClock clock = new ManualClock(NOON);
    private final FeedRegistry registry = new FeedRegistry(new MemoryStores().feeds());
    private final List<RawJson> fired = new ArrayList<>();
    private Runnable whileFiring = () -> {};
    private FireOutcome outcome = new FireOutcome.Fired("0123");

    private final WebhookReceiver receiver = new WebhookReceiver(
            registry,
            new Fires() {
                @Override
                public FireOutcome fire(FeedTrigger trigger, RawJson payload) {
                    fired.add(payload);
                    whileFiring.run();
                    return outcome;
                }

                @Override
                public FireOutcome delete(FeedTrigger trigger, boolean withRules) {
                    throw new AssertionError("nobody deletes here");
                }
            },
            clock);

    @Test
    void aPushOfGitHubFiresTheTrigger() {
        register("'sender':'github'");
        String body = "{\"ref\":\"main\"}";

        WebhookReply reply = post(
                body,
                Map.of(
                        "x-hub-signature-256",
                        "sha256=" + mac(body),
                        "x-github-event",
                        "push",
                        "x-github-delivery",
                        "d1"));

        assertThat(reply).isEqualTo(new WebhookReply(202, json("{'activationId':'0123'}")));
        assertThat(fired).containsExactly(json("{'event':'push','delivery':'d1','body':{'ref':'main'}}"));
    }

    @Test
    void whatIsNotSignedFiresNothing() {
        register("'sender':'github'");

        assertThat(post("{}", Map.of()).status()).isEqualTo(401);
        assertThat(post("{}", Map.of("x-hub-signature-256", "sha256=" + mac("{ }")))
                        .status())
                .isEqualTo(401);
        assertThat(fired).isEmpty();
    }

    @Test
    void aPingIsAnsweredAndIsNoEvent() {
        register("'sender':'github'");

        assertThat(post("{}", Map.of("x-hub-signature-256", "sha256=" + mac("{}"), "x-github-event", "ping"))
                        .status())
                .isEqualTo(200);
        assertThat(fired).isEmpty();
    }

    @Test
    void slacksQuestionIsAnsweredAndItsEventsAndFormsAreDelivered() {
        register("'sender':'slack'");

        assertThat(slack("{\"type\":\"url_verification\",\"challenge\":\"c\"}", "application/json"))
                .isEqualTo(new WebhookReply(200, json("{'challenge':'c'}")));
        slack(
                "{\"type\":\"event_callback\",\"event_id\":\"e\",\"event\":{\"type\":\"app_mention\"}}",
                "application/json");
        slack("command=%2Fgo&text=a+b", "application/x-www-form-urlencoded");
        slack("payload=%7B%22type%22%3A%22block_actions%22%7D", "application/x-www-form-urlencoded");

        assertThat(fired)
                .containsExactly(
                        json("{'event':'app_mention','delivery':'e','body':{'type':'event_callback','event_id':'e',"
                                + "'event':{'type':'app_mention'}}}"),
                        json("{'body':{'command':'/go','text':'a b'}}"),
                        json("{'event':'block_actions','body':{'type':'block_actions'}}"));
    }

    @Test
    void aPostWithATimeCountsOnceUnlessItFailed() {
        register("'sender':'slack'");
        outcome = new FireOutcome.Refused(503, "No room.");
        assertThat(slack("{}", "application/json").status()).isEqualTo(503);
        outcome = new FireOutcome.Fired("");
        assertThat(slack("{}", "application/json").status()).isEqualTo(202);

        assertThat(slack("{}", "application/json")).isEqualTo(WebhookReply.error(409, "This was sent before."));

        clock.advance(Duration.ofSeconds(1));
        assertThat(slack("{}", "application/json").status()).isEqualTo(202);
    }

    @Test
    void aPostThatComesAgainWhileTheFirstIsUnderWayIsToBeSentLater() {
        register("'sender':'slack'");
        var meanwhile = new ArrayList<WebhookReply>();
        whileFiring = () -> meanwhile.add(slack("{}", "application/json"));

        assertThat(slack("{}", "application/json").status()).isEqualTo(202);

        assertThat(meanwhile).extracting(WebhookReply::status).containsExactly(503);
        assertThat(fired).hasSize(1);
        assertThat(slack("{}", "application/json").status()).isEqualTo(409);
    }

    @ParameterizedTest
    @CsvSource({
        "429, 429, true",
        "503, 503, true",
        "500, 503, true",
        "413, 413, true",
        "404, 404, false",
        "401, 404, false"
    })
    void whatThePlatformSaysBecomesWhatTheSenderCanDo(int status, int answered, boolean staysActive) {
        register("'sender':'hmac'");
        outcome = new FireOutcome.Refused(status, "No.");

        assertThat(post("{}", Map.of("x-signature", mac("{}"))).status()).isEqualTo(answered);

        assertThat(registry.find(trigger("hook"))
                        .orElseThrow()
                        .trigger()
                        .status()
                        .isActive())
                .isEqualTo(staysActive);
        assertThat(receiver.isKnown(trigger("hook"))).isEqualTo(staysActive);
    }

    @Test
    void otherFeedsHaveNoAddress() {
        registry.save(feed("tick", FeedKind.ALARM, "{'cron':'* * * * *'}", NOON));

        assertThat(receiver.isKnown(trigger("tick"))).isFalse();
        assertThat(receiver.receive(new WebhookRequest(trigger("tick"), Map.of(), new byte[0]))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aBodyThatCanNotBeReadIsToldSo() {
        register("'sender':'hmac'");

        assertThat(post("<a/>", Map.of("x-signature", mac("<a/>"))))
                .isEqualTo(WebhookReply.error(400, "The body is neither JSON nor a form."));
    }

    @Test
    void onlySoManySignaturesAreRemembered() {
        var repetitions = new Repetitions();
        Duration window = Duration.ofMinutes(10);
        assertThat(repetitions.begin(trigger("other"), "s", window, NOON)).isEqualTo(Standing.FIRST);
        for (int i = 0; i < 3_000; i++) {
            assertThat(repetitions.begin(trigger("busy"), "s" + i, window, NOON))
                    .isEqualTo(Standing.FIRST);
        }
        repetitions.accept(trigger("busy"), "s2999");

        assertThat(repetitions.begin(trigger("busy"), "s2999", window, NOON)).isEqualTo(Standing.ACCEPTED);
        assertThat(repetitions.begin(trigger("busy"), "s0", window, NOON)).isEqualTo(Standing.FIRST);
        assertThat(repetitions.begin(trigger("other"), "s", window, NOON)).isEqualTo(Standing.UNDER_WAY);
        assertThat(repetitions.begin(trigger("other"), "s", window, NOON.plus(Duration.ofMinutes(11))))
                .isEqualTo(Standing.FIRST);
    }

    private void register(String parameters) {
        registry.save(feed("hook", FeedKind.WEBHOOK, "{'secret':'" + SECRET + "'," + parameters + "}", NOON));
    }

    private WebhookReply slack(String body, String type) {
        String time = Long.toString(clock.instant().getEpochSecond());
        return post(
                body,
                Map.of(
                        "x-slack-signature",
                        "v0=" + mac("v0:" + time + ":" + body),
                        "x-slack-request-timestamp",
                        time,
                        "content-type",
                        type));
    }

    private WebhookReply post(String body, Map<String, String> headers) {
        return receiver.receive(new WebhookRequest(
                trigger("hook"), new LinkedHashMap<>(headers), body.getBytes(StandardCharsets.UTF_8)));
    }

    private static String mac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
