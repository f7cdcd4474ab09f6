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
    void aNameWithoutBracesCountsInTextThatBeginsWithADollar() {
        assertThat(variables.text("$stage/$home and 5$")).isEqualTo("given/input and 5$");
        assertThat(variables.text("from $stage")).isEqualTo("from $stage");
        assertThat(variables.text("com.example.Main$Inner")).isEqualTo("com.example.Main$Inner");
        assertThat(variables.text("$5 and $$")).isEqualTo("$5 and $$");
        assertThat(variables.unknown("price $nobody")).isEmpty();
    }

    @Test
    void twoDollarsBeforeABraceStandForOne() {
        assertThat(variables.text("$${stage} 5$ $$")).isEqualTo("${stage} 5$ $$");
        assertThat(variables.text("a$$b $${stage}")).isEqualTo("a$$b ${stage}");
        assertThat(variables.text("$$stage")).isEqualTo("$given");
        assertThat(variables.text("a$$${stage}")).isEqualTo("a$${stage}");
        assertThat(variables.value("$${stage}")).isEqualTo(RawJson.string("${stage}"));
        assertThat(variables.unknown("$${nobody} ${unheard}")).containsExactly("unheard");
    }

    @Test
    void aDollarInBracesIsOne() {
        assertThat(variables.text("${$}stage")).isEqualTo("$stage");
        assertThat(variables.value("${$}")).isEqualTo(RawJson.string("$"));
        assertThat(variables.unknown("${$}stage")).isEmpty();
    }

    @Test
    void whatIsEscapedIsReadAsItWas() {
        for (String text : new String[] {
            "$stage",
            "${stage}",
            "$$",
            "a$$b",
            "x$",
            "^a$|5$",
            "com.example.Main$Inner",
            "$$stage",
            "$${stage}",
            "a$${stage}",
            "$stage${home}",
            "${$}stage",
            "a ${$} b"
        }) {
            assertThat(variables.text(Variables.escaped(text))).as(text).isEqualTo(text);
        }
        assertThat(Variables.escaped(RawJson.object("a", RawJson.string("$b"))))
                .isEqualTo(RawJson.object("a", RawJson.string("${$}b")));
        assertThat(Variables.escaped("5$")).isEqualTo("5$");
        assertThat(Variables.escaped("Main$Inner")).isEqualTo("Main$Inner");
        assertThat(Variables.escaped("x${y}")).isEqualTo("x$${y}");
    }
}
