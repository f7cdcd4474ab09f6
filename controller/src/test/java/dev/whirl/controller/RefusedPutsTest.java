package dev.whirl.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.common.units.ByteSize;
import dev.whirl.controller.Http.Reply;
import dev.whirl.controller.TestPlatform.Options;
import dev.whirl.controller.api.ActionRules;
import dev.whirl.controller.api.http.HttpConfig;
import dev.whirl.model.activation.StorageRules;
import dev.whirl.model.entity.CodeRef;
import dev.whirl.model.json.RawJson;
import dev.whirl.model.secret.Algorithm;
import dev.whirl.model.secret.ParameterEncryption;
import dev.whirl.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A PUT that is refused, for whatever reason, keeps no code.
@Tag("R-26")
class RefusedPutsTest {
    private static final ParameterEncryption ENCRYPTION =
            ParameterEncryption.with(Algorithm.AES_256, Map.of(Algorithm.AES_256, new byte[32]));
    private static final TestPlatform platform = TestPlatform.start(Options.STANDARD
            .withRules(new ActionRules(ENCRYPTION, Set.of(), true, StorageRules.ALL))
            .withHttp(withReadMemory(ByteSize.mebibytes(3))));

    private final Http guest = platform.asGuest();

    @AfterAll
    static void stop() {
        platform.close();
    }

    @ParameterizedTest
    @Tag("R-68")
    @ValueSource(strings = {"annotations", "parameters"})
    void oneThatIsTooLarge(String field) {
        String large = "\"%s\":[{\"key\":\"k\",\"value\":\"%s\"}]".formatted(field, "v".repeat(1024 * 1024));

        assertRefused("large", "too large " + field, large, 413);
    }

    @Test
    @Tag("R-68")
    void oneWhoseAnnotationsAreTooLargeTogetherWithThoseThatAreThere() {
        String half = "\"annotations\":[{\"key\":\"%s\",\"value\":\"" + "v".repeat(600 * 1024) + "\"}]";
        assertThat(guest.put("actions/merged", body("first", half.formatted("one")))
                        .status())
                .isEqualTo(200);

        assertRefused("merged?overwrite=true", "merged", half.formatted("two"), 413);
    }

    @Test
    void oneThatIsToBeTriedAgainInAnImpossibleWay() {
        assertRefused("retried", "retried", "\"annotations\":[{\"key\":\"retry\",\"value\":\"often\"}]", 400);
    }

    @Test
    @Tag("R-73")
    @Tag("attack-38")
    void oneWithAnEncryptedParameterOfSomebodyElse() {
        guest.put("actions/whose", body("theirs", "\"parameters\":[{\"key\":\"p\",\"value\":\"secret\"}]"));
        RawJson theirs = guest.get("actions/whose").json().field("parameters").orElseThrow();

        assertRefused("thief", "thief", "\"parameters\":" + theirs, 400);
    }

    @Test
    @Tag("attack-26")
    void oneThatThereIsNoMemoryToAnswer() {
        assertRefused(
                "unanswered",
                "unanswered",
                "\"parameters\":[{\"key\":\"p\",\"value\":\"" + "v".repeat(1000 * 1024) + "\"}],"
                        + "\"annotations\":[{\"key\":\"a\",\"value\":\"" + "v".repeat(1000 * 1024) + "\"}]",
                503);
    }

    @Test
    @Tag("R-67")
    void oneOfANameThatIsTaken() {
        guest.putNodeAction("taken");

        assertRefused("taken", "taken", "\"limits\":{}", 409);
    }

    private void assertRefused(String path, String code, String rest, int status) {
        Reply reply = guest.put("actions/" + path, body(code, rest));

        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        CodeRef ref = platform.stores()
                .code()
                .offer(code.getBytes(StandardCharsets.UTF_8), false)
                .ref();
        assertThatThrownBy(() -> platform.stores().code().get(ref)).isInstanceOf(StoreException.Corrupted.class);
    }

    private static String body(String code, String rest) {
        return "{\"exec\":{\"kind\":\"nodejs:20\",\"code\":\"%s\"},%s}".formatted(code, rest);
    }

    private static HttpConfig withReadMemory(ByteSize memory) {
        HttpConfig standard = HttpConfig.DEFAULT;
        return new HttpConfig(
                standard.host(),
                0,
                standard.maxConnections(),
                standard.maxContent(),
                standard.maxUri(),
                standard.maxHeaders(),
                standard.bodyMemory(),
                memory,
                standard.headerTime(),
                Duration.ofSeconds(3),
                standard.sendTime(),
                standard.idleTime());
    }
}
