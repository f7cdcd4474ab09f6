package dev.whirl.cli.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("L-39")
final class GlobTest {
    private static final List<String> PLACES = List.of(
            "a",
            "b",
            "aa",
            "ab",
            "abc",
            "a.js",
            "b.py",
            "a/b",
            "a/a.js",
            "a/b/c",
            "a/b/a.js",
            "x-y",
            "*",
            "a*b",
            "{a}",
            "a,b",
            "a]",
            "ü",
            "😀",
            "\\",
            "!",
            "^",
            "-",
            ".a");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "**",
                "?",
                "??",
                "*.js",
                "**.js",
                "**/*.js",
                "**/a.js",
                "a/*",
                "a/**",
                "a/*/c",
                "*a*b*",
                "***",
                "[ab]",
                "[!ab]",
                "[a-c]*",
                "[^]",
                "[-a]",
                "[!-a]",
                "[a-]",
                "[a]]",
                "{a,b}",
                "{a,b}.{js,py}",
                "{,a}b",
                "a{*,/b/}c",
                "\\*",
                "a\\*b",
                "\\{a\\}",
                "}",
                "a,b",
                "[*]",
                "[?]",
                "{[ab],*.js}",
                "",
                "?b",
                "a?b"
            })
    void aPatternMeansWhatJavaMeansByIt(String pattern) {
        var ofJava = FileSystems.getDefault().getPathMatcher("glob:" + pattern);

        Glob glob = Glob.of(pattern);

        for (String each : PLACES) {
            Path place = Path.of(each);
            assertThat(glob.matches(place)).as("'%s' and '%s'", pattern, each).isEqualTo(ofJava.matches(place));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "[a", "[!", "[]", "[a/b]", "[c-a]", "[a-", "{", "{a", "{a,", "{a{b}}", "a\\"})
    void whatIsNoPatternIsRefusedAsJavaRefusesIt(String pattern) {
        assertThatThrownBy(() -> FileSystems.getDefault().getPathMatcher("glob:" + pattern))
                .isInstanceOf(PatternSyntaxException.class);

        assertThatThrownBy(() -> Glob.of(pattern)).isInstanceOf(PatternSyntaxException.class);
    }

    @Test
    @Timeout(10)
    void noPatternTakesLong() {
        Path name = Path.of("a".repeat(200));
        Path deep = Path.of("folder/".repeat(100) + "file");

        assertThat(Glob.of("*a".repeat(50) + "*b").matches(name)).isFalse();
        assertThat(Glob.of("*a".repeat(50) + "*").matches(name)).isTrue();
        assertThat(Glob.of("**/".repeat(50) + "nope").matches(deep)).isFalse();
        assertThat(Glob.of("{**,*,?}".repeat(50) + "nope").matches(deep)).isFalse();
    }
}
