package dev.whirl.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PrintableTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ESC[2J | \\u001b[2J",
                "ESC[31mredESC[0m | ESC[31mredESC[0m",
                "ESC[1;38;5;8mxESC[m | ESC[1;38;5;8mxESC[0m",
                "ESC[38;2;0200;;0mx | ESC[38;2;200;0;0mxESC[0m",
                "ESC[31mred | ESC[31mredESC[0m",
                "ESC[38;5;33;1mx | ESC[38;5;33;1mxESC[0m",
                "ESC[38;2;200;0;0mx | ESC[38;2;200;0;0mxESC[0m",
                "ESC[0;31mred | ESC[0;31mredESC[0m",
                "ESC[8mhiddenESC[0m | \\u001b[8mhiddenESC[0m",
                "ESC[1;08mhidden | \\u001b[1;08mhidden",
                "ESC[48;2;8;8;8;8mhidden | \\u001b[48;2;8;8;8;8mhidden",
                "ESC[38;2;300;8;200mhidden | \\u001b[38;2;300;8;200mhidden",
                "ESC[38;7;8;200;200mhidden | \\u001b[38;7;8;200;200mhidden",
                "ESC[38;5;256mhidden | \\u001b[38;5;256mhidden",
                "ESC[48;;8mhidden | \\u001b[48;;8mhidden",
                "ESC[58;5mhidden | \\u001b[58;5mhidden",
                "ESC[31;264mhidden | \\u001b[31;264mhidden",
                "ESC[38;5;99999999999mhidden | \\u001b[38;5;99999999999mhidden",
                "ESC[31 | \\u001b[31",
                "aESC | a\\u001b",
                "ESC[?25lx | \\u001b[?25lx",
                "ESC]8;;http://x | \\u001b]8;;http://x"
            })
    void onlyColoursPass(String text, String shown) {
        assertThat(Printable.of(text.replace("ESC", "\u001b"))).isEqualTo(shown.replace("ESC", "\u001b"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ESC[30;40mx | x",
                "ESC[30mx | x",
                "ESC[97mx | x",
                "ESC[31;41mx | ESC[31mxESC[0m",
                "ESC[7mx | x",
                "ESC[1;48;5;1;32mx | ESC[1;32mxESC[0m",
                "ESC[38;5;0mx | x",
                "ESC[38;5;16mx | x",
                "ESC[38;5;17mx | x",
                "ESC[38;5;231mx | x",
                "ESC[38;5;233mx | x",
                "ESC[38;2;1;2;3mx | x",
                "ESC[38;2;255;255;250mx | x"
            })
    void coloursThatAreNotSeenOnEveryBackgroundAreLeftOut(String text, String shown) {
        assertThat(Printable.of(text.replace("ESC", "\u001b"))).isEqualTo(shown.replace("ESC", "\u001b"));
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0x00ad, 0x034f, 0x061c, 0x115f, 0x180e, 0x200b, 0x200d, 0x200e, 0x200f, 0x202e, 0x2028, 0x2060, 0x2066,
                0x2069, 0x206f, 0x3164, 0xfeff, 0xfff9
            })
    void whatTakesNoRoomOrReordersTextIsShown(int c) {
        assertThat(Printable.of("ab" + Character.toString(c) + "cd")).isEqualTo("ab\\u%04xcd".formatted(c));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\ud83d\udc69\u200d\ud83d\udcbb of \ud83d\udc69\ud83c\udffd\u200d\ud83d\udcbb", // a woman at a computer
                "\u2764\ufe0f\u200d\ud83d\udd25", // a heart that burns
                "\ud83d\ude42\u200d\u2194\ufe0f", // a head that is shaken
                "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", // Persian: I want
                "\u0d28\u0d4d\u200d\u0d2e", // Malayalam, behind a mark
                "\u09b0\u200d\u09cd\u09af\u09be\u09ac", // Bengali, before a mark
                "\u0600\u0661 \u0605 \u06dd\u0662 \u070f" // signs that are seen
            })
    void whatShapesEmojiAndWordsStays(String text) {
        assertThat(Printable.line(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "ad\u200dmin, ad\\u200dmin",
        "\u06cc\u200c, \u06cc\\u200c",
        "\u200c\u06cc, \\u200c\u06cc",
        "\u06cc\u200c\u200c\u06cc, \u06cc\\u200c\\u200c\u06cc",
        "\u06cc\u200c\ufe0f, \u06cc\\u200c\ufe0f",
        "x\ufe0f\u200d\u06cc, x\ufe0f\\u200d\u06cc",
        "\u3164\u200d\u06cc, \\u3164\\u200d\u06cc",
        "1\u200d\ud83d\udd25, 1\\u200d\ud83d\udd25"
    })
    void whatJoinsNothingIsShown(String text, String shown) {
        assertThat(Printable.line(text)).isEqualTo(shown);
    }

    @Test
    void lettersHiddenBehindTwoCharactersAreShownAsBoth() {
        assertThat(Printable.of("a" + Character.toString(0xe0041))).isEqualTo("a\\udb40\\udc41");
        assertThat(Printable.of("a" + Character.toString(0xe0101))).isEqualTo("a\\udb40\\udd01");
        assertThat(Printable.of("a\ud83d")).isEqualTo("a\\ud83d");
    }

    @Test
    void aLineOfOthersStaysOneLineAndGivesTheColourBack() {
        assertThat(Printable.line("a\nok: deleted")).isEqualTo("a\\u000aok: deleted");
        assertThat(Printable.of("\u001b[31mred\n")).isEqualTo("\u001b[31mred\u001b[0m\n");
    }

    @Test
    void ordinaryTextIsNotCopied() {
        String text = "a\tb\nä 漢字 😀 ❤️";

        assertThat(Printable.of(text)).isSameAs(text);
        assertThat(Printable.of("\u009b2J\u007f\u2066")).isEqualTo("\\u009b2J\\u007f\\u2066");
    }
}
