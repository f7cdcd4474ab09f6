package dev.whirl.e2e.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Answer;
import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Code;
import dev.whirl.e2e.support.Names;
import dev.whirl.e2e.support.ServerOptions;
import dev.whirl.e2e.support.SharedServer;
import dev.whirl.e2e.support.WhirlServer;
import dev.whirl.model.ActivationMessages;
import dev.whirl.model.json.RawJson;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SequencesTest {
    private static final Api GUEST = SharedServer.guest();
    private static final String ADD =
            GUEST.stored(Code.NODE, Code.node("console.log('adding'); return {n: (args.n || 0) + 1}"), "");
    private static final String SPLIT = GUEST.stored(Code.NODE, Code.node("return [args.n, args.n]"), "");
    private static final String COUNT = GUEST.stored(Code.PYTHON, "def main(args):\n    return {'n': len(args)}\n", "");
    private static final String FAIL = GUEST.stored(Code.NODE, Code.node("return {error: 'no'}"), "");
    private static final String SLEEP = GUEST.stored(Code.NODE, Code.NODE_SLEEP, "");

    private static String sequence(Api caller, List<String> actions) {
        String name = Names.unique("sequence");
        String components =
                actions.stream().map(each -> "\"/_/%s\"".formatted(each)).collect(Collectors.joining(","));
        caller.put(Api.action(name), "{\"exec\":{\"kind\":\"sequence\",\"components\":[" + components + "]}}")
                .expect(200);
        return name;
    }

    @Test
    @Tag("R-2")
    @Tag("R-63")
    @Tag("R-65")
    void aSequenceIsStoredWithTheNamesOfItsComponents() {
        String name = sequence(GUEST, List.of(ADD));

        Answer stored = GUEST.get(Api.action(name)).expect(200);

        assertThat(stored.at("exec").toString())
                .isEqualTo("{\"kind\":\"sequence\",\"components\":[\"/guest/%s\"]}".formatted(ADD));
        assertThat(stored.at("parameters").toString())
                .isEqualTo("[{\"key\":\"_actions\",\"value\":[\"/guest/%s\"]}]".formatted(ADD));
    }

    @Test
    @Tag("R-69")
    void aSequenceOfNothingIsRefused() {
        GUEST.put(Api.action(Names.unique("sequence")), "{\"exec\":{\"kind\":\"sequence\",\"components\":[]}}")
                .expectError(400, ActivationMessages.SEQUENCE_EMPTY);
    }

    @Test
    @Tag("R-180")
    @Tag("R-136")
    @Tag("R-131")
    @Tag("R-135")
    @Tag("trap-13")
    void aSequenceOfFunctionsRunsAndItsRecordTellsOfThem() {
        String inner = sequence(GUEST, List.of(SPLIT, COUNT));
        String outer = sequence(GUEST, List.of(ADD, ADD, inner));

        Answer answer = GUEST.invoke(outer, "{\"n\":1}").expect(200);

        assertThat(answer.at("response", "result").toString()).isEqualTo("{\"n\":2}");
        assertThat(answer.at("logs").elements()).isEmpty();
        Answer record = GUEST.record(answer.text("activationId"));
        List<String> steps = texts(record.at("logs"));
        assertThat(steps).hasSize(3);
        Answer first = GUEST.record(steps.getFirst());
        Answer last = GUEST.record(steps.getLast());
        assertThat(first.text("cause")).isEqualTo(record.text("activationId"));
        assertThat(first.annotation("causedBy").orElseThrow().toString()).isEqualTo("\"sequence\"");
        assertThat(last.annotation("topmost").orElseThrow().toString()).isEqualTo("false");
        assertThat(record.annotation("topmost").orElseThrow().toString()).isEqualTo("true");
        assertThat(record.annotation("initTime")).isEmpty();
        assertThat(record.number("duration"))
                .isEqualTo(steps.stream()
                        .mapToLong(each -> GUEST.record(each).number("duration"))
                        .sum());
    }

    private static List<String> texts(RawJson array) {
        return array.elements().stream()
                .map(each -> each.asText().orElseThrow())
                .toList();
    }

    @Test
    @Tag("R-180")
    void anErrorEndsASequence() {
        Answer answer = GUEST.invoke(sequence(GUEST, List.of(FAIL, ADD)), "{}").expect(502);

        assertThat(answer.at("response", "result").toString()).isEqualTo("{\"error\":\"no\"}");
        assertThat(GUEST.record(answer.text("activationId")).at("logs").elements())
                .hasSize(1);
    }

    @Test
    @Tag("R-82")
    @Tag("R-180")
    void aSequenceThatIsNotWaitedForGoesOn() {
        String name = sequence(GUEST, List.of(SLEEP, SLEEP, ADD));

        Answer late = GUEST.post(Api.action(name) + "?blocking=true&timeout=50", "{\"millis\":300}")
                .expect(202);
        String started = GUEST.start(name, "{\"n\":5}");

        assertThat(GUEST.record(late.text("activationId")).text("response", "status"))
                .isEqualTo("success");
        assertThat(GUEST.record(started).at("response", "result").toString()).isEqualTo("{\"n\":6}");
    }

    @Test
    @Tag("R-180")
    @Tag("attack-43")
    void aSequenceThatWasAcceptedHasOneRecordAfterAKill(@TempDir Path folder) {
        ServerOptions options = ServerOptions.DEFAULT.withData(folder.resolve("data"));
        String id;
        try (WhirlServer server = WhirlServer.start(options)) {
            Api guest = Api.guest(server);
            String sleep = guest.stored(Code.NODE, Code.NODE_SLEEP, "");
            String name = sequence(guest, Collections.nCopies(50, sleep));
            id = guest.start(name, "{\"millis\":500}");
            server.kill();
        }

        try (WhirlServer server = WhirlServer.start(options)) {
            Api guest = Api.guest(server);
            Answer record = guest.record(id);
            assertThat(record.text("response", "status")).isIn("whisk internal error", "success");
            assertThat(guest.get(Api.OWN + "/activations?name=" + record.text("name"))
                            .expect(200)
                            .rows())
                    .hasSize(1);
        }
    }
}
