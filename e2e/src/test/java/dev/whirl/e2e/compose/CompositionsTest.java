package dev.whirl.e2e.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Answer;
import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Code;
import dev.whirl.e2e.support.SharedServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CompositionsTest {
    private static final Api GUEST = SharedServer.guest();
    private static final String ADD = GUEST.stored(Code.NODE, Code.node("return {n: (args.n || 0) + 1}"), "");
    private static final String CONDUCTOR = ",\"annotations\":[{\"key\":\"conductor\",\"value\":true}]";

    /// Calls the action three times, then ends.
    private static String threeTimes(String action) {
        String code = Code.node("const step = args.$step || 0; delete args.$step; return step < 3" + " ? {action: '"
                + action + "', params: args, state: {$step: step + 1}} : {params: args}");
        return GUEST.stored(Code.NODE, code, CONDUCTOR);
    }

    @Test
    @Tag("R-181")
    @Tag("R-137")
    @Tag("R-183")
    void aConductorLeadsThroughItsSteps() {
        Answer answer = GUEST.invoke(threeTimes(ADD), "{\"n\":1}").expect(200);

        assertThat(answer.at("response", "result").toString()).isEqualTo("{\"n\":4}");
        Answer record = GUEST.record(answer.text("activationId"));
        assertThat(record.at("logs").elements()).hasSize(7);
        assertThat(record.annotation("conductor").orElseThrow().toString()).isEqualTo("true");
        assertThat(record.annotation("kind").orElseThrow().toString()).isEqualTo("\"sequence\"");
    }

    @Test
    @Tag("R-182")
    void aConductorIsToldWhatItCanNotCall() {
        String code = Code.node("return args.error ? {params: {told: args.error}} : {action: '/_/nothing-here'}");
        String conductor = GUEST.stored(Code.NODE, code, CONDUCTOR);

        assertThat(GUEST.result(conductor, "{}").expect(200).text("told"))
                .isEqualTo("Failed to resolve action with name 'guest/nothing-here' during composition.");
    }

    @Test
    @Tag("R-181")
    @Tag("R-182")
    void compositionsShareTheCountOfThoseThatTheyCall() {
        Answer answer = GUEST.invoke(threeTimes(threeTimes(ADD)), "{\"n\":1}").expect(200);

        assertThat(answer.at("response", "result").toString()).isEqualTo("{\"n\":10}");
    }
}
