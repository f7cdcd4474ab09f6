package dev.whirl.controller.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.model.ApiException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathsTest {
    @Test
    @Tag("attack-33")
    void segmentsAreDecodedAfterSplitting() {
        assertThat(RequestPath.parse("/a/b%2Fc/../%2e%2E/d%20e").segments())
                .containsExactly("a", "b/c", "..", "..", "d e");
        assertThat(RequestPath.parse("/a//b").segments()).containsExactly("a", "", "b");
        assertThat(RequestPath.parse("/a+b/%C3%A4").segments()).containsExactly("a+b", "ä");
    }

    @Test
    @Tag("R-3")
    void aLastSlashIsTold() {
        assertThat(RequestPath.parse("/a/")).satisfies(each -> {
            assertThat(each.segments()).containsExactly("a");
            assertThat(each.endsWithSlash()).isTrue();
        });
        assertThat(RequestPath.parse("/a").endsWithSlash()).isFalse();
        assertThat(RequestPath.parse("/").segments()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a", "*", "http://x/a", "/%", "/%1", "/%g1", "/%ff", "/%c3", "/a\u0001", "/a b", "/\uFFFD"})
    void malformedPathsAreRefused(String raw) {
        assertThatThrownBy(() -> RequestPath.parse(raw)).isInstanceOf(ApiException.class);
    }

    @ParameterizedTest
    @Tag("R-3")
    @CsvSource({
        "/, /, true",
        "/ping, /ping, true",
        "/ping, /ping/, false",
        "/ping, /, false",
        "/ping, /ping/x, false",
        "/a/?, /a, true",
        "/a/?, /a/, true",
        "/a/{x}, /a/b, true",
        "/a/{x}, /a/b/, false",
        "/a/{x}/, /a/b/, true",
        "/a/{x}/, /a/b, false",
        "/a/{x}/c, /a/b/c, true",
        "/a/{x}/c, /a/b/d, false"
    })
    void patternsTakeWhatTheySay(String pattern, String path, boolean matches) {
        assertThat(new PathPattern(pattern).matches(RequestPath.parse(path))).isEqualTo(matches);
    }

    @Test
    void queriesKeepTheFirstOfEqualNames() {
        Query query = Query.parse("a=1&a=2&b&c=&d=x%26y+z&=e&");

        assertThat(query.find("a")).hasValue("1");
        assertThat(query.find("b")).isEmpty();
        assertThat(query.find("c")).isEmpty();
        assertThat(query.find("d")).hasValue("x&y z");
        assertThat(query.flag("b", true)).isTrue();
        assertThat(Query.parse("a=TRUE&b=0").flag("a", false)).isTrue();
        assertThat(Query.parse("a=TRUE&b=0").flag("b", true)).isFalse();
    }
}
