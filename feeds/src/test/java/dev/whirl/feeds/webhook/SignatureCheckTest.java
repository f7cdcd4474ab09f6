package dev.whirl.feeds.webhook;

import static dev.whirl.feeds.Examples.NOON;
import static dev.whirl.feeds.Examples.fields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.feeds.feed.Feed;
import dev.whirl.feeds.feed.FeedKind;
import dev.whirl.feeds.feed.FeedReader;
import dev.whirl.feeds.feed.InvalidFeedException;
import dev.whirl.feeds.feed.Signing;
import dev.whirl.feeds.webhook.SignatureCheck.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureCheckTest {
    /// The example of GitHub's documentation.
    private static final String GITHUB = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

    /// The example of Slack's documentation.
    private static final String SLACK = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";

    private static final String SLACK_BODY = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow"
            + "&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect"
            + "&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
            + "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";

    private static final Instant SLACK_TIME = Instant.ofEpochSecond(1_531_420_618);

    @Test
    void gitHubsOwnExampleIsGenuine() throws InvalidFeedException {
        Signing signing = signing("'sender':'github','secret':'It\\'s a Secret to Everybody'");

        assertThat(check(signing, Map.of("x-hub-signature-256", GITHUB), "Hello, World!", NOON))
                .isInstanceOf(Verdict.Genuine.class);
        assertThat(check(signing, Map.of("x-hub-signature-256", GITHUB), "Hello, World?", NOON))
                .isEqualTo(new Verdict.Refused("The signature is not valid."));
        assertThat(check(signing, Map.of(), "Hello, World!", NOON))
                .isEqualTo(new Verdict.Refused("The header x-hub-signature-256 is missing."));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
                "sha256=",
                "sha256=7571",
                "sha256=zz7107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
                "sha1=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
                "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17, x"
            })
    void whatIsNoSuchSignatureIsRefused(String signature) throws InvalidFeedException {
        Signing signing = signing("'sender':'github','secret':'It\\'s a Secret to Everybody'");

        assertThat(check(signing, Map.of("x-hub-signature-256", signature), "Hello, World!", NOON))
                .isEqualTo(new Verdict.Refused("The signature is not valid."));
    }

    @ParameterizedTest
    @CsvSource({"0, true", "299, true", "-300, true", "301, false", "-301, false", "100000000, false"})
    void slacksOwnExampleIsGenuineForFiveMinutes(long secondsLater, boolean isGenuine) throws InvalidFeedException {
        Signing signing = signing("'sender':'slack','secret':'8f742231b10e8888abcd99yyyzzz85a5'");
        Map<String, String> headers = Map.of(
                "x-slack-signature", SLACK, "x-slack-request-timestamp", Long.toString(SLACK_TIME.getEpochSecond()));

        Verdict verdict = check(signing, headers, SLACK_BODY, SLACK_TIME.plusSeconds(secondsLater));

        assertThat(verdict instanceof Verdict.Genuine).isEqualTo(isGenuine);
    }

    @Test
    void theTimeIsPartOfWhatIsSigned() throws InvalidFeedException {
        Signing signing = signing("'sender':'slack','secret':'8f742231b10e8888abcd99yyyzzz85a5'");
        Map<String, String> later = Map.of("x-slack-signature", SLACK, "x-slack-request-timestamp", "1531420619");

        assertThat(check(signing, later, SLACK_BODY, SLACK_TIME))
                .isEqualTo(new Verdict.Refused("The signature is not valid."));
    }

    /// HMAC-SHA-256 of RFC 4231, test case 2.
    @ParameterizedTest
    @CsvSource({
        "false, 5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        "true, W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM=",
    })
    void anybodyCanSignWithASharedSecret(boolean isBase64, String signature) {
        var signing = new Signing("Jefe", "x-mine", "HmacSHA256", isBase64, "", null);

        assertThat(check(signing, Map.of("x-mine", signature), "what do ya want for nothing?", NOON))
                .isInstanceOf(Verdict.Genuine.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    {}                                                  | webhook trigger feed is missing the secret parameter
                    {'secret':'short'}                                  | the secret parameter must have at least 8 characters
                    {'secret':'0123456789','sender':'me'}               | sender parameter must be one of [github, slack, hmac].
                    {'secret':'0123456789','algorithm':'md5'}           | algorithm parameter must be one of [sha256, sha512, sha1].
                    {'secret':'0123456789','encoding':'binary'}         | encoding parameter must be one of [hex, base64].
                    {'secret':'0123456789','header':'a b'}              | the header parameter must be the name of a header
                    {'secret':'0123456789','timestampHeader':'x-t','tolerance':0} | the tolerance parameter must be 1 to 3600, in seconds
                    """)
    void whatIsWrongIsTold(String parameters, String sentence) {
        assertThatThrownBy(() -> new FeedReader(true).feed(FeedKind.WEBHOOK, fields(parameters), NOON))
                .hasMessage(sentence);
    }

    @Test
    void theSecretIsInNoText() throws InvalidFeedException {
        assertThat(new FeedReader(true)
                        .feed(FeedKind.WEBHOOK, fields("{'secret':'not-to-be-seen'}"), NOON)
                        .toString())
                .doesNotContain("not-to-be-seen");
    }

    private static Verdict check(Signing signing, Map<String, String> headers, String body, Instant now) {
        return SignatureCheck.check(signing, headers, body.getBytes(StandardCharsets.UTF_8), now);
    }

    private static Signing signing(String parameters) throws InvalidFeedException {
        String json = "{" + parameters.replace("\\'", "\\u0027") + "}";
        return ((Feed.Webhook) new FeedReader(true).feed(FeedKind.WEBHOOK, fields(json), NOON)).signing();
    }
}
