package dev.whirl.controller.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whirl.controller.Http;
import dev.whirl.controller.Http.Reply;
import dev.whirl.controller.TestPlatform;
import dev.whirl.model.json.RawJson;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Conductors and what they conduct.
class CompositionsTest {
    private TestPlatform platform;
    private Http guest;

    @BeforeEach
    void start() {
        platform = TestPlatform.start();
        guest = platform.asGuest();
        for (String each : List.of("a", "array")) {
            guest.putNodeAction(each);
        }
        Composites.putConductor(guest, "conductor");
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    /// Does what it is told first, then returns what it is told next.
    private static String once(RawJson in, String first) {
        return in.hasField("again") ? in.toString() : first.replace("$in", in.toString());
    }

    @Test
    @Tag("R-181")
    @Tag("R-183")
    void theConductorIsToldTheResultAndItsOwnState() {
        Composites.script(
                platform,
                Map.of(
                        "conductor",
                        in -> once(
                                in,
                                "{\"action\":\"a\",\"params\":{\"n\":1,\"again\":0},\"state\":{\"n\":2,\"s\":$in}}")));

        Reply reply = guest.post("actions/conductor?blocking=true&result=true", "{\"x\":1}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("{\"n\":2,\"again\":0,\"s\":{\"x\":1}}");
        assertThat(Composites.called(platform)).containsExactly("conductor", "a", "conductor");
    }

    @Test
    @Tag("R-137")
    @Tag("R-136")
    @Tag("R-131")
    @Tag("trap-13")
    void theRecordNamesAllCallsAndSaysThatItIsAComposition() {
        Composites.script(
                platform, Map.of("conductor", in -> once(in, "{\"action\":\"/_/a\",\"state\":{\"again\":1}}")));

        Reply reply = guest.post("actions/conductor?blocking=true", "{}");

        Reply record = guest.get("activations/" + reply.at("activationId"));
        assertThat(record.json().field("logs").orElseThrow().elements())
                .extracting(RawJson::toString)
                .isEqualTo(platform.invoker().received().stream()
                        .map(each -> "\"" + each.id() + "\"")
                        .toList());
        assertThat(record.at("duration")).isEqualTo("21");
        assertThat(Composites.annotation(record, "conductor")).isEqualTo("true");
        assertThat(Composites.annotation(record, "kind")).isEqualTo("\"sequence\"");
        assertThat(Composites.annotation(record, "topmost")).isEqualTo("true");
        assertThat(platform.invoker().received())
                .allSatisfy(each -> assertThat(each.cause()).hasToString(reply.at("activationId")));
    }

    @ParameterizedTest
    @Tag("R-181")
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"params\":{\"x\":1},\"state\":{\"y\":1}}; {\"x\":1}",
                "{\"params\":7}; {\"value\":7}",
                "{\"x\":1}; {\"x\":1}",
                "[1]; [1]",
                "{\"action\":\"a\",\"params\":7,\"state\":[8]}; {\"value\":[8],\"again\":1}"
            })
    void whatIsNoObjectIsPutIntoOne(String said, String result) {
        Composites.script(
                platform,
                Map.of(
                        "conductor", in -> once(in, said),
                        "a", in -> "{\"value\":7,\"again\":1}"));

        assertThat(guest.post("actions/conductor?blocking=true&result=true", "{}")
                        .body())
                .isEqualTo(result);
    }

    @ParameterizedTest
    @Tag("R-181")
    @CsvSource({"0", "null", "false", "'\"\"'"})
    void anActionIsAConductorOnlyIfItsAnnotationSaysYes(String value) {
        guest.put(
                "actions/conductor?overwrite=true",
                "{\"annotations\":[{\"key\":\"conductor\",\"value\":" + value + "}]}");
        Composites.script(platform, Map.of("conductor", in -> "{\"action\":\"a\"}"));

        assertThat(guest.post("actions/conductor?blocking=true&result=true", "{}")
                        .body())
                .isEqualTo("{\"action\":\"a\"}");
    }

    @ParameterizedTest
    @Tag("R-182")
    @CsvSource(
            delimiter = ';',
            value = {
                "\"missing\"; Failed to resolve action with name 'guest/missing' during composition.",
                "\"/_/p/x\"; Failed to resolve action with name 'guest/p/x' during composition.",
                "\"/other/x\"; Failed entitlement check for action with name 'other/x' during composition.",
                "7; Failed to parse action name from json value 7 during composition.",
                "\"a/b/c\"; Failed to parse action name from json value \"a/b/c\" during composition.",
                "\"ä\"; Failed to parse action name from json value \"ä\" during composition."
            })
    void theConductorIsToldWhatItCanNotCall(String name, String sentence) {
        Composites.script(
                platform,
                Map.of(
                        "conductor",
                        in -> in.hasField("error")
                                ? "{\"params\":{\"told\":" + in.field("error").orElseThrow() + "}}"
                                : "{\"action\":" + name + "}"));

        Reply reply = guest.post("actions/conductor?blocking=true&result=true", "{}");

        assertThat(reply.at("told")).isEqualTo(sentence);
    }

    @Test
    @Tag("R-182")
    void aConductorThatGivesUpEndsWithItsError() {
        Composites.script(platform, Map.of("conductor", in -> "{\"error\":\"no\"}"));

        Reply reply = guest.post("actions/conductor?blocking=true", "{}");

        assertThat(reply.status()).isEqualTo(502);
        assertThat(reply.at("response.status")).isEqualTo("application error");
        assertThat(Composites.called(platform)).containsExactly("conductor");
    }

    @Test
    @Tag("R-181")
    void anErrorOfAComponentIsToldToTheConductor() {
        Composites.script(
                platform,
                Map.of(
                        "conductor", in -> once(in, "{\"action\":\"a\"}"),
                        "a", in -> "{\"error\":\"no\",\"again\":1}"));

        Reply reply = guest.post("actions/conductor?blocking=true&result=true", "{}");

        assertThat(reply.body()).isEqualTo("{\"error\":\"no\",\"again\":1}");
    }

    @Test
    @Tag("R-183")
    void anArrayOfAComponentIsPutIntoAnObject() {
        Composites.script(
                platform,
                Map.of(
                        "conductor", in -> once(in, "{\"action\":\"array\",\"state\":{\"again\":1}}"),
                        "array", in -> "[1,2]"));

        assertThat(guest.post("actions/conductor?blocking=true&result=true", "{}")
                        .body())
                .isEqualTo("{\"value\":[1,2],\"again\":1}");
    }

    @Test
    @Tag("R-182")
    void aConductorThatNeverEndsIsStopped() {
        Composites.script(platform, Map.of("conductor", in -> "{\"action\":\"a\"}"));

        Reply reply = guest.post("actions/conductor?blocking=true", "{}");

        assertThat(reply.status()).isEqualTo(502);
        assertThat(reply.at("response.result.error")).isEqualTo("Too many actions in the composition.");
        assertThat(Collections.frequency(Composites.called(platform), "a")).isEqualTo(50);
        assertThat(Collections.frequency(Composites.called(platform), "conductor"))
                .isEqualTo(101);
    }

    @Test
    @Tag("R-182")
    @Tag("attack-28")
    void aCompositionThatCallsItselfEnds() {
        Composites.script(platform, Map.of("conductor", in -> "{\"action\":\"conductor\"}"));

        Reply reply = guest.post("actions/conductor?blocking=true", "{}");

        assertThat(reply.at("response.result.error")).isEqualTo("Too many actions in the composition.");
        assertThat(Composites.called(platform)).hasSize(101);
    }

    /// Each of the two has its own count, so that only the bound of all calls together ends it.
    @Test
    @Tag("R-182")
    @Tag("attack-28")
    void aCompositionAndASequenceThatCallEachOtherEnd() {
        Composites.putSequence(guest, "s", "/_/conductor");
        Composites.script(platform, Map.of("conductor", in -> "{\"action\":\"s\"}"));

        Reply accepted = guest.post("actions/conductor", "{}");

        String id = accepted.at("activationId");
        await().until(() -> guest.get("activations/" + id).status() == 200);
        assertThat(guest.get("activations/" + id).at("response.result.error"))
                .isEqualTo("Too many actions in the composition.");
        assertThat(platform.invoker().received()).hasSizeLessThanOrEqualTo(10_000);
    }

    @Test
    @Tag("R-180")
    @Tag("R-181")
    void sequencesAndCompositionsGoIntoEachOther() {
        Composites.putSequence(guest, "inner", "/_/a", "/_/a");
        Composites.putSequence(guest, "outer", "/_/a", "/_/conductor", "/_/a");
        Composites.script(
                platform,
                Map.of("conductor", in -> once(in, "{\"action\":\"inner\",\"params\":$in,\"state\":{\"again\":1}}")));

        Reply reply = guest.post("actions/outer?blocking=true", "{\"x\":1}");

        assertThat(reply.at("response.result")).isEqualTo("{\"x\":1,\"again\":1}");
        assertThat(Composites.called(platform)).containsExactly("a", "conductor", "a", "a", "conductor", "a");
        Reply outer = guest.get("activations/" + reply.at("activationId"));
        Reply middle = guest.get("activations/" + outer.at("logs.1"));
        Reply inner = guest.get("activations/" + middle.at("logs.1"));
        assertThat(outer.at("duration")).isEqualTo("42");
        assertThat(Composites.annotation(middle, "conductor")).isEqualTo("true");
        assertThat(Composites.annotation(middle, "topmost")).isEqualTo("false");
        assertThat(middle.at("cause")).isEqualTo(outer.at("activationId"));
        assertThat(inner.at("cause")).isEqualTo(middle.at("activationId"));
    }

    @Test
    @Tag("R-83")
    void aFinalConductorKeepsItsParameters() {
        guest.put(
                "actions/conductor?overwrite=true",
                "{\"parameters\":[{\"key\":\"p\",\"value\":1}],\"annotations\":[{\"key\":\"final\",\"value\":true}]}");

        assertThat(guest.post("actions/conductor?blocking=true", "{\"p\":2}").status())
                .isEqualTo(400);
        assertThat(guest.post("actions/conductor?blocking=true&result=true", "{}")
                        .body())
                .isEqualTo("{\"p\":1}");
    }
}
