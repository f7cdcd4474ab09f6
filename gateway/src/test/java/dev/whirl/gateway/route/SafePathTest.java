package dev.whirl.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafePathTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "//",
                "/a//b",
                "/a/../b",
                "/a/./b",
                "/a/%2e%2e/b",
                "/a/%2E./b",
                "/a%2fb",
                "/a%5Cb",
                "/a\\b",
                "/a%00b",
                "/a%0d%0aX: y",
                "/a%",
                "/a%zz",
                "/a%c0%afb",
                "/a%ff"
            })
    @Tag("attack-33")
    void pathsThatOthersWouldReadDifferentlyAreRefused(String text) {
        assertThat(SafePath.parse(text)).isEmpty();
    }

    @Test
    void endlessPathsAreRefused() {
        assertThat(SafePath.parse("/" + "a".repeat(4096))).isEmpty();
        assertThat(SafePath.parse("/a".repeat(65))).isEmpty();
        assertThat(SafePath.parse("/a".repeat(64))).isPresent();
    }

    @Test
    void otherCharactersAreDecoded() {
        assertThat(SafePath.parse("/a%20b/%C3%A4..c/").orElseThrow().segments()).containsExactly("a b", "ä..c");
        assertThat(SafePath.parse("/").orElseThrow().segments()).isEmpty();
    }
}
