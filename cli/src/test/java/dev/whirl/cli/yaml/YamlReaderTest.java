package dev.whirl.cli.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class YamlReaderTest {
    @Test
    void whatIsWrittenWinsOverWhatIsMerged() throws YamlException {
        assertThat(json("a: &a {x: 1, y: 2}\nb: {<<: *a, x: 3}\nc: {x: 4, <<: *a}"))
                .isEqualTo("{\"a\":{\"x\":1,\"y\":2},\"b\":{\"x\":3,\"y\":2},\"c\":{\"x\":4,\"y\":2}}");
    }

    @Test
    void severalAreMergedOfWhichEarlierOnesWin() throws YamlException {
        assertThat(json("a: &a {x: 1}\nb: &b {x: 2, y: 2}\nc: {<<: [*a, *b], z: 3}"))
                .endsWith("\"c\":{\"z\":3,\"x\":1,\"y\":2}}");
    }

    @Test
    void aKeyThatIsWrittenTwiceIsAMistake() {
        assertThatThrownBy(() -> json("a: &a {x: 1}\nb: {x: 1, <<: *a, x: 2}"))
                .hasMessage("line 2, column 19: 'x' is there twice");
    }

    @Test
    void onlyKeysWithValuesCanBeMerged() {
        assertThatThrownBy(() -> json("a: {<<: 5}"))
                .hasMessage("line 1, column 9: '<<' takes keys with values, or a list of such");
    }

    @Test
    @Timeout(5)
    void aTextThatIsTooLongIsNotReadAtAll() {
        assertThatThrownBy(() -> json("x".repeat(100_000_000))).hasMessage("longer than 3,145,728 characters");
    }

    private static String json(String text) throws YamlException {
        return YamlReader.read(text).toJson().toString();
    }
}
