package dev.whirl.cli.project.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.model.json.RawJson;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("L-37")
final class VariablesTest {
    private final Variables variables = new Variables(
                    Map.of("stage", RawJson.string("given")), Map.of("stage", "shell", "home", "shell"))
            .with(Map.of(
                    "stage", RawJson.string("input"), "limit", RawJson.number(7), "home", RawJson.string("input")));

    @Test
    void whatIsGivenWinsOverInputsAndThoseOverTheEnvironment() {
        assertThat(variables.text("$stage ${home} $limit")).isEqualTo("given input 7");
        assertThat(variables.with(Map.of("stage", RawJson.string("inner"))).text("$stage"))
                .isEqualTo("given");
        assertThat(variables.value("$limit")).isEqualTo(RawJson.number(7));
    }

    @Test
    void twoDollarsStandForOne() {
        assertThat(variables.text("$${stage} $$stage 5$ $$")).isEqualTo("${stage} $stage 5$ $");
        assertThat(variables.value("$$stage")).isEqualTo(RawJson.string("$stage"));
        assertThat(variables.value("$$")).isEqualTo(RawJson.string("$"));
        assertThat(variables.unknown("$$nobody ${unheard}")).containsExactly("unheard");
    }

    @Test
    void whatIsEscapedIsReadAsItWas() {
        for (String text :
                new String[] {"$stage", "${stage}", "$$", "a$$b", "x$", "^a$|5$", "com.example.Main$Inner"}) {
            assertThat(variables.text(Variables.escaped(text))).isEqualTo(text);
        }
        assertThat(Variables.escaped(RawJson.object("a", RawJson.string("$b"))))
                .isEqualTo(RawJson.object("a", RawJson.string("$$b")));
        assertThat(Variables.escaped("5$")).isEqualTo("5$");
    }
}
