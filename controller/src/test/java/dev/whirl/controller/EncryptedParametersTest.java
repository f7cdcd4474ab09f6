package dev.whirl.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whirl.controller.Http.Reply;
import dev.whirl.controller.TestPlatform.Options;
import dev.whirl.controller.api.ActionRules;
import dev.whirl.model.activation.StorageRules;
import dev.whirl.model.entity.Action;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.entity.Parameters;
import dev.whirl.model.json.RawJson;
import dev.whirl.model.message.Invocation;
import dev.whirl.model.secret.Algorithm;
import dev.whirl.model.secret.ParameterEncryption;
import dev.whirl.store.memory.MemoryStores;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Parameters that are stored encrypted, from the PUT to the invoker. The controller never decrypts one.
@Tag("R-73")
@Tag("I-55")
class EncryptedParametersTest {
    private static final Map<Algorithm, byte[]> KEYS =
            Map.of(Algorithm.AES_128, new byte[16], Algorithm.AES_256, new byte[32]);
    private static final ParameterEncryption AES_256 = ParameterEncryption.with(Algorithm.AES_256, KEYS);
    private static final String CODE = "\"exec\":{\"kind\":\"nodejs:20\",\"code\":\"x\"}";
    private static final String SECRET =
            "\"parameters\":[{\"key\":\"secret\",\"value\":\"hunter2\"},{\"key\":\"unset\",\"value\":null}]";

    private final MemoryStores stores = new MemoryStores();
    private TestPlatform platform;
    private Http guest;

    @BeforeEach
    void start() {
        open(AES_256);
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    private void open(ParameterEncryption encryption) {
        var rules = new ActionRules(encryption, Set.of(), true, StorageRules.ALL);
        platform = TestPlatform.start(Options.STANDARD.withRules(rules), stores);
        guest = platform.asGuest();
    }

    @Test
    @Tag("R-14")
    void actionsPackagesAndTriggersShowThemEncrypted() {
        for (String each : List.of("actions/e", "packages/e2", "triggers/e3")) {
            String body = each.startsWith("actions") ? "{" + CODE + "," + SECRET + "}" : "{" + SECRET + "}";

            Reply put = guest.put(each, body);
            Reply got = guest.get(each);

            assertThat(put.status()).as(put.body()).isEqualTo(200);
            for (Reply reply : List.of(put, got)) {
                assertThat(reply.body()).doesNotContain("hunter2");
                assertThat(reply.at("parameters.0.key")).isEqualTo("secret");
                assertThat(reply.at("parameters.0.encryption")).isEqualTo("aes-256");
                assertThat(plain(reply.at("parameters.0.value"))).isEqualTo("\"hunter2\"");
                assertThat(reply.at("parameters.1")).isEqualTo("{\"key\":\"unset\",\"value\":null}");
            }
            assertThat(got.at("parameters")).isEqualTo(put.at("parameters"));
        }
        Parameters stored = stores.entities()
                .find(EntityId.of(new NamespaceName("guest"), new EntityName("e")))
                .map(each -> ((Action) each.entity()).parameters())
                .orElseThrow();
        assertThat(stored.toString()).doesNotContain("hunter2");
    }

    @Test
    void theInvokerIsToldWhichArgumentsAreLocked() {
        guest.put("packages/p", "{\"parameters\":[{\"key\":\"ofPackage\",\"value\":1}]}");
        guest.put("actions/p/a", "{" + CODE + "," + SECRET + "}");

        guest.post("actions/p/a?blocking=true", "{\"x\":1}");

        Invocation sent = platform.invoker().received().getFirst();
        assertThat(sent.lockedArguments()).isEqualTo(Map.of("secret", "aes-256", "ofPackage", "aes-256"));
        assertThat(decrypted(sent)).isEqualTo("{\"ofPackage\":1,\"secret\":\"hunter2\",\"unset\":null,\"x\":1}");
    }

    @Test
    @Tag("R-83")
    void whatTheCallerOverridesIsNotLocked() {
        guest.put("actions/a", "{" + CODE + "," + SECRET + "}");

        Reply reply = guest.post("actions/a?blocking=true&result=true", "{\"secret\":\"mine\",\"unset\":1}");

        assertThat(reply.body()).isEqualTo("{\"secret\":\"mine\",\"unset\":1}");
        assertThat(platform.invoker().received().getFirst().lockedArguments()).isEmpty();
    }

    @Test
    @Tag("R-112")
    void parametersOfATriggerReachTheActionLocked() {
        guest.putNodeAction("a");
        guest.put("triggers/t", "{" + SECRET + "}");
        guest.put("rules/r", "{\"trigger\":\"_/t\",\"action\":\"_/a\"}");

        guest.post("triggers/t", "{\"x\":1}");
        guest.post("triggers/t", "{\"secret\":\"mine\"}");

        await().until(() -> platform.invoker().received().size() == 2);
        Invocation first = platform.invoker().received().getFirst();
        assertThat(first.lockedArguments()).isEqualTo(Map.of("secret", "aes-256"));
        assertThat(decrypted(first)).contains("\"secret\":\"hunter2\"").contains("\"x\":1");
        assertThat(platform.invoker().received().getLast().lockedArguments()).isEmpty();
    }

    @Test
    @Tag("R-180")
    void aSequenceHandsThemToItsFirstStepOnly() {
        guest.putNodeAction("a");
        guest.putNodeAction("b");
        guest.put("actions/s", "{\"exec\":{\"kind\":\"sequence\",\"components\":[\"/_/a\",\"/_/b\"]}}");
        guest.put("triggers/t", "{" + SECRET + "}");
        guest.put("rules/r", "{\"trigger\":\"_/t\",\"action\":\"_/s\"}");

        guest.post("triggers/t", "{}");

        await().until(() -> platform.invoker().received().size() == 2);
        assertThat(platform.invoker().received().getFirst().lockedArguments()).isEqualTo(Map.of("secret", "aes-256"));
        assertThat(platform.invoker().received().getLast().lockedArguments()).isEmpty();
        assertThat(guest.get("actions/s").at("parameters.0.value.0")).isEqualTo("/guest/a");
    }

    @Test
    @Tag("R-181")
    void aConductorGetsThemAtItsFirstCall() {
        guest.put("actions/c", "{" + CODE + ",\"annotations\":[{\"key\":\"conductor\",\"value\":true}]}");
        guest.put("triggers/t", "{" + SECRET + "}");
        guest.put("rules/r", "{\"trigger\":\"_/t\",\"action\":\"_/c\"}");

        guest.post("triggers/t", "{}");

        await().until(() -> !platform.invoker().received().isEmpty());
        assertThat(decrypted(platform.invoker().received().getFirst())).contains("\"secret\":\"hunter2\"");
    }

    @Test
    void anUpdateKeepsWhatIsEncryptedAndTakesBackWhatWasShown() {
        guest.put("actions/a", "{" + CODE + "," + SECRET + "}");
        String shown = guest.get("actions/a").at("parameters");

        Reply kept = guest.put("actions/a?overwrite=true", "{\"limits\":{\"logs\":1}}");
        Reply same = guest.put("actions/a?overwrite=true", "{\"parameters\":" + shown + "}");

        assertThat(kept.at("parameters")).isEqualTo(shown);
        assertThat(same.at("parameters")).isEqualTo(shown);
    }

    /// Whoever may read an entity sees its encrypted values: he must not get them decrypted by a function of his own.
    @Test
    @Tag("attack-14")
    @Tag("attack-38")
    void anEncryptedValueIsNotTakenIntoAnotherEntity() {
        guest.put("packages/shared", "{\"publish\":true," + SECRET + "}");
        guest.putNodeAction("shared/a");
        Http other = platform.as(TestPlatform.OTHER);
        String shown = other.get("/api/v1/namespaces/guest/packages/shared").at("parameters.0");
        assertThat(shown).contains("\"encryption\":\"aes-256\"");

        for (String each : List.of("actions/mine", "packages/mine", "triggers/mine")) {
            Reply reply = other.put(each + "?overwrite=true", "{" + CODE + ",\"parameters\":[" + shown + "]}");

            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.error())
                    .isEqualTo("The request content was malformed:\nThe value of parameter 'secret' is encrypted and"
                            + " does not belong to this entity: give the value itself.");
            assertThat(other.get(each).status()).isEqualTo(404);
        }
        assertThat(guest.put("actions/mine", "{" + CODE + ",\"parameters\":[" + shown + "]}")
                        .status())
                .isEqualTo(400);
        String merged = guest.get("actions/shared/a").at("parameters");
        assertThat(guest.put("actions/shared/a?overwrite=true", "{\"parameters\":" + merged + "}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    @Tag("R-68")
    void manySmallValuesDoNotBecomeATooLargeEntity() {
        String many = IntStream.range(0, 20_000)
                .mapToObj("{\"key\":\"k%d\",\"value\":1}"::formatted)
                .collect(Collectors.joining(","));

        Reply reply = guest.put("packages/p", "{\"parameters\":[" + many + "]}");

        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.error()).startsWith("encrypted parameters larger than allowed: ");
        assertThat(guest.get("packages/p").status()).isEqualTo(404);
    }

    @Test
    void anotherAlgorithmCountsForWhatIsWrittenFromThenOn() {
        guest.put("actions/old", "{" + CODE + "," + SECRET + "}");
        platform.close();
        open(ParameterEncryption.with(Algorithm.AES_128, KEYS));

        guest.put("actions/new", "{" + CODE + "," + SECRET + "}");
        guest.post("actions/old?blocking=true", "{}");

        assertThat(guest.get("actions/new").at("parameters.0.encryption")).isEqualTo("aes-128");
        assertThat(guest.get("actions/old").at("parameters.0.encryption")).isEqualTo("aes-256");
        assertThat(decrypted(platform.invoker().received().getFirst())).contains("\"secret\":\"hunter2\"");
    }

    @Test
    void whatWasStoredPlainIsEncryptedByTheNextUpdate() {
        platform.close();
        open(ParameterEncryption.OFF);
        assertThat(guest.put("actions/a", "{" + CODE + "," + SECRET + "}").body())
                .contains("hunter2");
        platform.close();
        open(AES_256);

        Reply updated = guest.put("actions/a?overwrite=true", "{}");

        assertThat(plain(updated.at("parameters.0.value"))).isEqualTo("\"hunter2\"");
    }

    @Test
    @Tag("R-14")
    void anEncryptionThatDoesNotExistIsRefused() {
        for (String each : List.of("\"rot13\"", "\"off\"", "\"\"")) {
            Reply reply = guest.put(
                    "actions/a",
                    "{" + CODE + ",\"parameters\":[{\"key\":\"k\",\"value\":\"v\",\"encryption\":" + each + "}]}");

            assertThat(reply.status()).isEqualTo(400);
            assertThat(guest.get("actions/a").status()).isEqualTo(404);
        }
    }

    private static String decrypted(Invocation sent) {
        return AES_256.decrypted(sent.arguments(), sent.lockedArguments()).toString();
    }

    private static String plain(String base64) {
        return AES_256.decrypted(RawJson.object("p", RawJson.string(base64)), Map.of("p", "aes-256"))
                .field("p")
                .orElseThrow()
                .toString();
    }
}
