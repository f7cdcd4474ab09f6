package dev.whirl.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.cli.yaml.YamlReader;
import dev.whirl.model.json.RawJson;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class YamlTextTest {
    @Test
    void nestedValuesAreIndented() throws Exception {
        var json = RawJson.parse("{\"a\":[1,{\"b\":\"c d\",\"e\":[]},[true,null]],\"f\":{},\"g\":{\"h\":1.5}}");

        assertThat(YamlText.of(json)).isEqualTo("""
                a:
                - 1
                - b: c d
                  e: []
                - - true
                  - null
                f: {}
                g:
                  h: 1.5
                """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"plain\"",
                "\"yes\"",
                "\"No\"",
                "\"null\"",
                "\"1\"",
                "\"1.0\"",
                "\"0x1f\"",
                "\"1e3\"",
                "\"2026-01-01\"",
                "\"a: b\"",
                "\"a #b\"",
                "\"- a\"",
                "\"\"",
                "\" padded \"",
                "\"two\\nlines\\n\"",
                "\"quote \\\" and \\\\ and ä and 😀\"",
                "\"&anchor\"",
                "\"*alias\"",
                "\"!tag\"",
                "\"%x\"",
                "\"@x\"",
                "\"{a}\"",
                "\"~\"",
                "\"<<\"",
                "\"/a/b.c-d_e@f\"",
                "12345678901234567890",
                "-0.5",
                "[[],{},[[1]]]",
                "{\"<<\":{\"a\":1},\"yes\":2,\"a: b\":[{\"c\":{\"d\":[1,2]}}]}",
                "\"a\"",
                "\".inf\""
            })
    void whatIsWrittenIsReadBackTheSame(String json) throws Exception {
        var value = RawJson.parse(json);

        assertThat(YamlReader.read(YamlText.of(value)).toJson()).isEqualTo(value);
        var inside = RawJson.object("key", RawJson.array(List.of(value)));
        assertThat(YamlReader.read(YamlText.of(inside)).toJson()).isEqualTo(inside);
    }
}
