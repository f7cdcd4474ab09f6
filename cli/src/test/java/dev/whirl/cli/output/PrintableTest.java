package dev.whirl.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PrintableTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ESC[2J | \\u001b[2J",
                "ESC[31mredESC[0m | ESC[31mredESC[0m",
                "ESC[1;38;5;8mxESC[m | ESC[1;38;5;8mxESC[m",
                "ESC[31mred | ESC[31mredESC[0m",
                "ESC[38;5;0mx | ESC[38;5;0mxESC[0m",
                "ESC[0;31mred | ESC[0;31mredESC[0m",
                "ESC[8mhiddenESC[0m | \\u001b[8mhiddenESC[0m",
                "ESC[1;08mhidden | \\u001b[1;08mhidden",
                "ESC[48;2;8;8;8;8mhidden | \\u001b[48;2;8;8;8;8mhidden",
                "ESC[31 | \\u001b[31",
                "aESC | a\\u001b",
                "ESC[?25lx | \\u001b[?25lx",
                "ESC]8;;http://x | \\u001b]8;;http://x"
            })
    void onlyColoursPass(String text, String shown) {
        assertThat(Printable.of(text.replace("ESC", "\u001b"))).isEqualTo(shown.replace("ESC", "\u001b"));
    }

    @Test
    void aLineOfOthersStaysOneLineAndGivesTheColourBack() {
        assertThat(Printable.line("a\nok: deleted")).isEqualTo("a\\u000aok: deleted");
        assertThat(Printable.of("\u001b[31mred\n")).isEqualTo("\u001b[31mred\u001b[0m\n");
    }

    @Test
    void ordinaryTextIsNotCopied() {
        String text = "a\tb\nä 漢字 😀";

        assertThat(Printable.of(text)).isSameAs(text);
        assertThat(Printable.of("\u009b2J\u007f\u2066")).isEqualTo("\\u009b2J\\u007f\\u2066");
    }
}
