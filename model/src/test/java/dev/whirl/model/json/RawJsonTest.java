package dev.whirl.model.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawJsonTest {
    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "\"x\"", "1", "-0.5e3", "true", "false", "null", "{\"a\":[1,{\"b\":null}]}"})
    void keepsValidTextAsItIs(String text) throws Exception {
        assertThat(RawJson.parse(text).toString()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "{",
                "}",
                "{\"a\"}",
                "{\"a\":}",
                "{a:1}",
                "{'a':1}",
                "[1,]",
                "01",
                "nul",
                "\"\n\"",
                "{} {}",
                "1 2",
                "{\"a\":1}x",
                "\"\\x\"",
                "NaN",
                "// c\n1",
                "\uFEFF{}"
            })
    void refusesWhatIsNotOneValue(String text) {
        assertThatThrownBy(() -> RawJson.parse(text)).isInstanceOf(MalformedJsonException.class);
    }

    @Test
    void refusesOtherEncodingsThanUtf8() {
        assertThatThrownBy(() -> RawJson.parse("{\"a\":1}".getBytes(StandardCharsets.UTF_16LE)))
                .isInstanceOf(MalformedJsonException.class);
        assertThatThrownBy(() -> RawJson.parse("{\"a\":1}".getBytes(StandardCharsets.UTF_16)))
                .isInstanceOf(MalformedJsonException.class);
        assertThatThrownBy(() -> RawJson.parse(new byte[] {'"', (byte) 0xC3, '"'}))
                .isInstanceOf(MalformedJsonException.class);
    }

    @Test
    void refusesBytesThatAreNoCharacters() {
        for (int[] bytes :
                new int[][] {{0xff}, {0xc0, 0xaf}, {0xed, 0xa0, 0x80}, {0xe2, 0x82}, {0xf5, 0x80, 0x80, 0x80}}) {
            var text = new java.io.ByteArrayOutputStream();
            text.writeBytes("{\"a\":\"".getBytes(StandardCharsets.UTF_8));
            for (int b : bytes) {
                text.write(b);
            }
            text.writeBytes("\"}".getBytes(StandardCharsets.UTF_8));

            assertThatThrownBy(() -> RawJson.parse(text.toByteArray()))
                    .hasMessageContaining("not valid UTF-8, at byte 6");
        }
    }

    @Test
    void saysWhereItStoppedAndNothingOfTheParserOrTheText() {
        assertThatThrownBy(() -> RawJson.parse("{\"a\":\n secret}"))
                .hasMessageStartingWith("Unexpected character, at byte ")
                .hasMessageContaining("line 2, column ")
                .hasMessageNotContainingAny("secret", "Source", "REDACTED", "token", "Feature");
        assertThatThrownBy(() -> RawJson.parse("{\"a\":[1,"))
                .hasMessageStartingWith("Unexpected end-of-input")
                .hasMessageNotContainingAny("Source", "REDACTED", "marker");
    }

    @Test
    @Tag("attack-26")
    void refusesNestingThatNoRuntimeCouldParse() {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);

        assertThatThrownBy(() -> RawJson.parse(deep)).isInstanceOf(MalformedJsonException.class);
    }

    @Test
    void cutsFieldsOutWhateverStandsAroundThem() throws Exception {
        var json = RawJson.parse(" {\"a\" : 1 , \"b\":\"x,y\" ,\n\"ü\":[1, 2 ],\"d\":{\"e\":-1.5}  , \"f\":true\t} ");

        assertThat(json.fields().keySet()).containsExactly("a", "b", "ü", "d", "f");
        assertThat(json.field("a")).contains(RawJson.number(1));
        assertThat(json.field("b").orElseThrow().asText()).contains("x,y");
        assertThat(json.field("ü").orElseThrow().elements()).containsExactly(RawJson.number(1), RawJson.number(2));
        assertThat(json.field("d").orElseThrow().toString()).isEqualTo("{\"e\":-1.5}");
        assertThat(json.field("f")).contains(RawJson.TRUE);
        assertThat(json.field("g")).isEmpty();
    }

    @Test
    void lastOfEqualNamesCounts() throws Exception {
        assertThat(RawJson.parse("{\"a\":1,\"a\":2}").field("a")).contains(RawJson.number(2));
    }

    @Test
    void findsFieldsAtTheTopLevelOnly() throws Exception {
        var json = RawJson.parse("{\"a\":{\"error\":1},\"b\":[{\"error\":2}],\"c\":\"error\"}");

        assertThat(json.hasField("error")).isFalse();
        assertThat(json.hasField("c")).isTrue();
        assertThat(RawJson.parse("[\"error\"]").hasField("error")).isFalse();
    }

    @Test
    void compactingDropsSpaceOutsideOfStrings() throws Exception {
        var json = RawJson.parse("{ \"a b\" : \" \\\" x \\\\\" ,\n \"c\" : [ 1 , 2 ] }");

        assertThat(json.compact().toString()).isEqualTo("{\"a b\":\" \\\" x \\\\\",\"c\":[1,2]}");
    }

    @Test
    void wholeNumbersAreThoseWrittenWhole() throws Exception {
        assertThat(RawJson.parse("12").asWholeNumber()).contains(12L);
        assertThat(RawJson.parse("12.0").asWholeNumber()).isEmpty();
        assertThat(RawJson.parse("99999999999999999999").asWholeNumber()).isEmpty();
        assertThat(RawJson.parse("\"12\"").asWholeNumber()).isEmpty();
    }

    @Test
    void stringsSurviveWritingAndReading() throws Exception {
        String text = "quote \" backslash \\ line \n tab \t bell \u0007 ü € 🎉 </script> \u2028";

        assertThat(RawJson.parse(RawJson.string(text).toString()).asText()).contains(text);
    }

    @Test
    void arbitraryDocumentsAreTakenApartAndPutTogetherAgain() throws Exception {
        var random = new Random(7);
        for (int i = 0; i < 500; i++) {
            RawJson json = arbitrary(random, 4);
            RawJson again = rebuilt(RawJson.parse(spaced(json.toString(), random)));

            assertThat(again).isEqualTo(json);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\"",
                "\"plain\"",
                "\"tab\\t quote\\\" slash\\/ back\\\\ line\\n\\b\\f\\r\"",
                "\"\\u0041 \\u00fc \\u20ac \\ud83c\\udf89\"",
                "\"ü€🎉\"",
                "\"\\ud83c\"",
                "\"\\ud83cx\\u0000\""
            })
    void givesTheSameTextAsBytesAndAsCharacters(String text) throws Exception {
        RawJson json = RawJson.parse(text);

        assertThat(json.asUtf8().orElseThrow())
                .isEqualTo(json.asText().orElseThrow().getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsValuesInsideOfLargePartsOfAText() throws Exception {
        String code = "x".repeat(1000);
        RawJson body = RawJson.parse("{ \"a\": 1, \"exec\": { \"kind\": \"k\", \"code\": \"" + code + "\" } } ");

        RawJson exec = body.field("exec").orElseThrow();

        assertThat(exec.field("code").orElseThrow().asText()).hasValue(code);
        assertThat(exec.field("code").orElseThrow().sizeBytes()).isEqualTo(1002);
        assertThat(exec.field("kind")).hasValue(RawJson.string("k"));
        assertThat(exec.compact()).isEqualTo(RawJson.parse("{\"kind\":\"k\",\"code\":\"" + code + "\"}"));
        assertThat(exec.hasField("code")).isTrue();
        assertThat(RawJson.array(List.of(exec)).elements()).containsExactly(exec);
    }

    private static RawJson rebuilt(RawJson json) {
        return switch (json.kind()) {
            case OBJECT -> {
                var fields = json.fields();
                fields.replaceAll((_, value) -> rebuilt(value));
                yield RawJson.object(fields);
            }
            case ARRAY ->
                RawJson.array(json.elements().stream().map(RawJsonTest::rebuilt).toList());
            case STRING -> RawJson.string(json.asText().orElseThrow());
            case NUMBER, BOOLEAN, NULL -> json;
        };
    }

    private static RawJson arbitrary(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 4 : 6)) {
            case 0 -> RawJson.NULL;
            case 1 -> RawJson.bool(random.nextBoolean());
            case 2 -> RawJson.number(random.nextLong());
            case 3 -> RawJson.string(text(random));
            case 4 -> {
                var writer = new JsonWriter().startObject();
                for (int i = random.nextInt(5); i > 0; i--) {
                    writer.field(i + text(random), arbitrary(random, depth - 1));
                }
                yield writer.endObject().toRawJson();
            }
            default -> {
                List<RawJson> elements = new ArrayList<>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    elements.add(arbitrary(random, depth - 1));
                }
                yield RawJson.array(elements);
            }
        };
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            text.appendCodePoint("a\"\\,:{}[] \n\tü€🎉".codePoints().toArray()[random.nextInt(15)]);
        }
        return text.toString();
    }

    private static String spaced(String json, Random random) {
        var out = new StringBuilder();
        boolean inString = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            out.append(c);
            if (c == '\\') {
                i++;
                out.append(json.charAt(i));
            } else if (c == '"') {
                inString = !inString;
            }
            if (!inString && ",:[{".indexOf(c) >= 0 && random.nextBoolean()) {
                out.append(" \n\t".charAt(random.nextInt(3)));
            }
        }
        return out.append(' ').toString();
    }
}
