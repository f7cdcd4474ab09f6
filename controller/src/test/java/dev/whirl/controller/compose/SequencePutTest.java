package dev.whirl.controller.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.controller.Http;
import dev.whirl.controller.Http.Reply;
import dev.whirl.controller.TestPlatform;
import dev.whirl.model.limits.SystemLimits;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Storing sequences.
class SequencePutTest {
    private TestPlatform platform;
    private Http guest;

    @BeforeEach
    void start() {
        platform = TestPlatform.start();
        guest = platform.asGuest();
        guest.putNodeAction("a");
        guest.putNodeAction("b");
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    @Test
    @Tag("R-2")
    @Tag("R-63")
    @Tag("R-65")
    @Tag("R-66")
    void componentsAreTextsOrObjectsAndAreStoredWithTheNamespaceThatIsMeant() {
        Reply reply = guest.put(
                "actions/s",
                "{\"exec\":{\"kind\":\"sequence\",\"components\":[\"/_/a\",\"guest/b\",{\"path\":\"_\",\"name\":\"a\"}]},"
                        + "\"parameters\":[{\"key\":\"x\",\"value\":1}]}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("exec"))
                .isEqualTo("{\"kind\":\"sequence\",\"components\":[\"/guest/a\",\"/guest/b\",\"/guest/a\"]}");
        assertThat(reply.at("parameters"))
                .isEqualTo("[{\"key\":\"_actions\",\"value\":[\"/guest/a\",\"/guest/b\",\"/guest/a\"]}]");
        assertThat(Composites.annotation(reply, "exec")).isEqualTo("\"sequence\"");
        assertThat(guest.get("actions/s").at("exec")).isEqualTo(reply.at("exec"));
    }

    @Test
    @Tag("R-65")
    void theNamesOfComponentsFollowTheSequenceAndAreNotInherited() {
        Composites.putSequence(guest, "s", "/_/a");

        Reply changed = Composites.putSequence(guest, "s", "/_/b");
        Reply touched = guest.put("actions/s?overwrite=true", "{\"parameters\":[{\"key\":\"x\",\"value\":1}]}");
        Reply single = guest.put(
                "actions/s?overwrite=true", "{\"exec\":{\"kind\":\"nodejs:20\",\"code\":\"function main() {}\"}}");

        assertThat(changed.at("parameters")).isEqualTo("[{\"key\":\"_actions\",\"value\":[\"/guest/b\"]}]");
        assertThat(touched.at("parameters")).isEqualTo("[{\"key\":\"_actions\",\"value\":[\"/guest/b\"]}]");
        assertThat(single.at("parameters")).isEqualTo("[]");
    }

    @Test
    @Tag("R-69")
    void sequencesInSequencesDoNotGoDeeperThanTheyAreLong() {
        int most = SystemLimits.STANDALONE.sequenceLength();
        Composites.putSequence(guest, "s0", "/_/a");
        for (int i = 1; i < most; i++) {
            assertThat(Composites.putSequence(guest, "s" + i, "/_/s" + (i - 1)).status())
                    .isEqualTo(200);
        }

        Reply deeper = Composites.putSequence(guest, "s" + most, "/_/s" + (most - 1));

        assertThat(deeper.status()).isEqualTo(400);
        assertThat(deeper.error()).isEqualTo("Too many actions in the sequence.");
    }

    @ParameterizedTest
    @Tag("R-69")
    @CsvSource({
        "'', No component specified for the sequence.",
        "'\"/_/missing\"', Sequence component does not exist.",
        "'\"/_/p/missing\"', Sequence component does not exist.",
        "'\"/_/s\"', Sequence may not refer to itself.",
        "'\"/_/a\",\"/guest/s\"', Sequence may not refer to itself."
    })
    void aSequenceThatCouldNotRunIsRefused(String components, String sentence) {
        Reply reply = guest.put("actions/s", "{\"exec\":{\"kind\":\"sequence\",\"components\":[" + components + "]}}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).isEqualTo(sentence);
        assertThat(guest.get("actions/s").status()).isEqualTo(404);
    }

    @Test
    @Tag("R-69")
    void aSequenceMustNotComeBackToItselfThroughOthers() {
        Composites.putSequence(guest, "inner", "/_/a");
        Composites.putSequence(guest, "middle", "/_/inner");
        Composites.putSequence(guest, "outer", "/_/b", "/_/middle");

        Reply reply = Composites.putSequence(guest, "inner", "/_/outer");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).isEqualTo("Sequence may not refer to itself.");
        assertThat(guest.get("actions/inner").at("exec.components")).isEqualTo("[\"/guest/a\"]");
    }

    @Test
    @Tag("R-69")
    void actionsAreCountedWithThoseOfTheSequencesInside() {
        String[] fifty = Collections.nCopies(50, "/_/a").toArray(String[]::new);
        String[] more = Collections.nCopies(51, "/_/a").toArray(String[]::new);

        assertThat(Composites.putSequence(guest, "fifty", fifty).status()).isEqualTo(200);
        assertThat(Composites.putSequence(guest, "same", "/_/fifty").status()).isEqualTo(200);
        assertThat(Composites.putSequence(guest, "more", more).error()).isEqualTo("Too many actions in the sequence.");
        assertThat(Composites.putSequence(guest, "more", "/_/fifty", "/_/a").error())
                .isEqualTo("Too many actions in the sequence.");
    }

    @Test
    @Tag("R-69")
    @Tag("R-16")
    void othersActionsAndOtherThingsAreNoComponents() {
        platform.as(TestPlatform.OTHER).putNodeAction("theirs");

        Reply foreign = Composites.putSequence(guest, "s", "/other/theirs");

        assertThat(foreign.status()).isEqualTo(403);
        assertThat(foreign.error())
                .isEqualTo("The supplied authentication is not authorized to access 'other/theirs'.");
        assertThat(guest.get("actions/s").status()).isEqualTo(404);
    }

    @Test
    @Tag("R-63")
    void componentsMustBeNames() {
        for (String component : new String[] {"1", "null", "\"a\"", "\"/_/a/b/c\"", "{}", "\"/_/ä\"", "[]"}) {
            Reply reply =
                    guest.put("actions/s", "{\"exec\":{\"kind\":\"sequence\",\"components\":[" + component + "]}}");

            assertThat(reply.status()).as(component).isEqualTo(400);
        }
        assertThat(guest.put("actions/s", "{\"exec\":{\"kind\":\"sequence\"}}").error())
                .endsWith("'components' must be defined for sequence kind");
        assertThat(guest.put("actions/s", "{\"exec\":{\"kind\":\"sequence\",\"components\":\"/_/a\"}}")
                        .error())
                .endsWith("'components' must be an array");
    }
}
