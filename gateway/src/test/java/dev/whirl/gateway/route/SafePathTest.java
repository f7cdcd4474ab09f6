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
                "/a/%252e%252e/b",
                "/a/%25252e%25252E/b",
                "/a%252fb",
                "/a%252f..%252f%25zz",
                "/a%255cb",
                "/a%250ab",
                "/a/..;/b",
                "/a/.;x=1/b",
                "/a/%2e%2e%3bx/b",
                "/a/;/b",
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
        assertThat(SafePath.parse("/100%25/50%2525/a;v=1").orElseThrow().segments())
                .containsExactly("100%", "50%25", "a;v=1");
        assertThat(SafePath.parse("/").orElseThrow().segments()).isEmpty();
    }
}
