package dev.whirl.e2e.traps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Answer;
import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Code;
import dev.whirl.e2e.support.Names;
import dev.whirl.e2e.support.SharedServer;
import dev.whirl.model.json.RawJson;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Traps in lists, entities and what functions are told.
class EntitiesTest {
    private static final Api GUEST = SharedServer.guest();

    @Test
    @Tag("trap-1")
    void aLimitOfZeroIsTheMostAndNoneIsThirty() {
        String pkg = Names.unique("many");
        GUEST.put(Api.OWN + "/packages/" + pkg, "{}").expect(200);
        IntStream.range(0, 32).forEach(n -> GUEST.create(pkg + "/a" + n, Code.NODE, Code.NODE_ECHO));
        String list = Api.OWN + "/actions/" + pkg + "/";

        assertThat(GUEST.get(list).expect(200).rows()).hasSize(30);
        assertThat(GUEST.get(list + "?limit=0").expect(200).rows()).hasSize(32);
        assertThat(GUEST.get(list + "?limit=200").expect(200).rows()).hasSize(32);
        GUEST.get(Api.OWN + "/actions?limit=201")
                .expectErrorStarting(400, "The query parameter 'limit' was malformed:\nThe value '201' is not in the");
        GUEST.delete(Api.OWN + "/packages/" + pkg + "?force=true").expect(200);
    }

    @Test
    @Tag("trap-8")
    void theKeyIsGivenOnlyToThoseWhoAskForItAndTheKindIsAlwaysNoted() {
        String tell = Code.node("return {hasKey: '__OW_API_KEY' in process.env};");
        String name = GUEST.stored(Code.NODE, tell, "");
        String asking =
                GUEST.stored(Code.NODE, tell, ",\"annotations\":[{\"key\":\"provide-api-key\",\"value\":true}]");
        String forged = "{\"annotations\":[{\"key\":\"exec\",\"value\":\"mine\"}]}";

        Answer created = GUEST.get(Api.action(name));
        Answer updated = GUEST.put(Api.action(name) + "?overwrite=true", forged);

        assertThat(created.annotation("provide-api-key")).contains(RawJson.FALSE);
        assertThat(updated.expect(200).annotation("exec")).contains(RawJson.string(Code.NODE));
        assertThat(GUEST.result(name, "{}").at("hasKey")).isEqualTo(RawJson.FALSE);
        assertThat(GUEST.result(asking, "{}").at("hasKey")).isEqualTo(RawJson.TRUE);
    }

    @Test
    @Tag("trap-14")
    void whatAFunctionIsToldIsTextAndArraysGoInAndOut() {
        String tell = GUEST.stored(Code.NODE, Code.node("return process.env;"), "");
        String array = GUEST.stored(Code.NODE, Code.node("return Array.isArray(args) ? args.concat(3) : [1, 2];"), "");
        String sequence = Names.unique("arrays");
        GUEST.put(
                        Api.action(sequence),
                        "{\"exec\":{\"kind\":\"sequence\",\"components\":[\"/_/%s\",\"/_/%s\"]}}"
                                .formatted(array, array))
                .expect(200);

        Answer told = GUEST.result(tell, "{}").expect(200);

        assertThat(told.text("__OW_DEADLINE")).matches("\\d{13}");
        assertThat(told.text("__OW_NAMESPACE")).isEqualTo("guest");
        assertThat(told.text("__OW_ACTION_NAME")).isEqualTo("/guest/" + tell);
        assertThat(told.text("__OW_ACTION_VERSION")).isEqualTo("0.0.1");
        assertThat(told.text("__OW_ACTIVATION_ID")).matches("[0-9a-f]{32}");
        assertThat(told.text("__OW_TRANSACTION_ID")).isNotEmpty();
        assertThat(GUEST.result(array, "{}").expect(200).body()).isEqualTo("[1,2]");
        assertThat(GUEST.result(sequence, "{}").expect(200).body()).isEqualTo("[1,2,3]");
    }

    /// The figures of an installation are its operator's; that a client finds the same ones everywhere is not.
    @Test
    @Tag("trap-15")
    @Tag("R-150")
    void theRootAndTheCallersLimitsTellTheSameFigures() {
        Answer root = SharedServer.anonymous().get("/").expect(200);
        Answer limits = GUEST.get(Api.OWN + "/limits").expect(200);

        assertThat(root.number("limits", "sequence_length")).isEqualTo(50);
        assertThat(root.number("limits", "actions_per_minute")).isEqualTo(limits.number("invocationsPerMinute"));
        assertThat(root.number("limits", "triggers_per_minute")).isEqualTo(limits.number("firesPerMinute"));
        assertThat(root.number("limits", "concurrent_actions")).isEqualTo(limits.number("concurrentInvocations"));
    }

    @Test
    @Tag("trap-21")
    void theDefaultOfAFamilyIsStoredAsItsKindAndOthersAreListed() {
        String name = Names.unique("kind");

        Answer stored = GUEST.put(
                Api.action(name),
                "{\"exec\":{\"kind\":\"nodejs:default\",\"code\":\"function main() { return {}; }\"}}");
        Answer refused =
                GUEST.put(Api.action(Names.unique("kind")), "{\"exec\":{\"kind\":\"cobol:85\",\"code\":\"x\"}}");

        assertThat(stored.expect(200).text("exec", "kind")).isEqualTo("nodejs:20");
        refused.expect(400);
        assertThat(refused.text("error"))
                .contains("The specified runtime 'cobol:85' is not supported by this platform.")
                .contains("'nodejs:20'", "'sequence'", "'blackbox'");
    }

    @Test
    @Tag("trap-24")
    @Tag("R-15")
    void timesAreMillisecondsAndListsBeginWithTheNewest() {
        String name = GUEST.stored(Code.NODE, Code.NODE_ECHO, "");
        List<Long> starts = IntStream.range(0, 3)
                .mapToLong(
                        _ -> GUEST.record(GUEST.invoke(name, "{}").expect(200).text("activationId"))
                                .number("start"))
                .boxed()
                .toList();
        String list = Api.OWN + "/activations?name=" + name;

        assertThat(starts.getFirst()).isBetween(1_500_000_000_000L, 9_999_999_999_999L);
        assertThat(starts(GUEST.get(list))).hasSize(3).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(starts(GUEST.get(list + "&since=" + starts.get(2)))).contains(starts.get(2));
        assertThat(starts(GUEST.get(list + "&since=" + (starts.get(2) + 1)))).isEmpty();
        assertThat(starts(GUEST.get(list + "&upto=" + starts.get(0)))).contains(starts.get(0));
        assertThat(starts(GUEST.get(list + "&upto=" + (starts.get(0) - 1)))).isEmpty();
        assertThat(numbers(GUEST.get(Api.OWN + "/actions?limit=20"), "updated"))
                .isSortedAccordingTo(Comparator.reverseOrder());
    }

    private static List<Long> starts(Answer list) {
        return numbers(list, "start");
    }

    private static List<Long> numbers(Answer list, String field) {
        return list.expect(200).rows().stream()
                .map(row -> row.field(field).flatMap(RawJson::asWholeNumber).orElseThrow())
                .toList();
    }
}
