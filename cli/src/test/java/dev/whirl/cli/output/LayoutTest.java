package dev.whirl.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.model.json.MalformedJsonException;
import dev.whirl.model.json.RawJson;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LayoutTest {
    @Test
    @Tag("L-24")
    void jsonIsIndentedByFourSpaces() throws MalformedJsonException {
        RawJson json = RawJson.parse(
                "{ \"a\" :[ ] , \"b\":{ }, \"c\":[1,{\"d\":\"x: {\\\"y\\\", [z]\\\\\"}],\"e\":-1.50e3,\"f\":null}");

        assertThat(JsonIndent.indented(json)).isEqualTo("""
                        {
                            "a": [],
                            "b": {},
                            "c": [
                                1,
                                {
                                    "d": "x: {\\"y\\", [z]\\\\"
                                }
                            ],
                            "e": -1.50e3,
                            "f": null
                        }""");
        assertThat(JsonIndent.indented(RawJson.string("{")) + JsonIndent.indented(RawJson.number(7)))
                .isEqualTo("\"{\"7");
    }

    @ParameterizedTest
    @Tag("L-26")
    @CsvSource({
        "0, 0s",
        "1, 1ms",
        "999, 999ms",
        "1000, 1s",
        "1234, 1.234s",
        "1230, 1.23s",
        "1005, 1.005s",
        "60000, 1m0s",
        "62500, 1m2.5s",
        "3600000, 1h0m0s",
        "7203000, 2h0m3s",
        "-5, -5ms"
    })
    void durationsAreShort(long millis, String text) {
        assertThat(DurationText.ofMillis(millis)).isEqualTo(text);
    }

    @ParameterizedTest
    @Tag("L-26")
    @CsvSource({
        "short, 20, short",
        "exactly-twenty-chars, 20, exactly-twenty-chars",
        "a-namespace-with-a-long-name, 20, a-namespac...ng-name",
        "abcdefghijklmnop, 11, abcdef...op"
    })
    void longNamesLoseTheirMiddle(String name, int max, String shortened) {
        assertThat(Text.shortened(name, max)).isEqualTo(shortened).hasSizeLessThanOrEqualTo(max);
    }
}
