package dev.whirl.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ApiAddressTest {
    @ParameterizedTest
    @Tag("L-34")
    @CsvSource({
        "example.com, https://example.com/api/v1/x",
        "example.com:8443, https://example.com:8443/api/v1/x",
        "localhost:3233, https://localhost:3233/api/v1/x",
        "http://localhost:3233, http://localhost:3233/api/v1/x",
        "http://localhost, http://localhost/api/v1/x",
        "https://example.com/, https://example.com/api/v1/x",
        "https://example.com/whisk, https://example.com/whisk/api/v1/x",
        "HTTP://example.com:80, http://example.com/api/v1/x",
        "http://[::1]:3233, http://[::1]:3233/api/v1/x"
    })
    void hostWithoutSchemeMeansHttps(String text, String url) {
        assertThat(ApiAddress.parse(text, "v1").url("/x")).isEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://example.com",
                "http://",
                "http://a b",
                "https://under_score:99999999",
                "https://a:99999",
                "https://user:secret@a",
                "https://a:0"
            })
    void nonsenseIsRefusedWithAReason(String text) {
        assertThatThrownBy(() -> ApiAddress.parse(text, "v1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(".+");
    }

    @ParameterizedTest
    @CsvSource({
        "http://u:p@example.com:3233/x, http://…@example.com:3233/x",
        "u:p@example.com, …@example.com",
        "http://u:p@w/d#@example.com, http://…@example.com",
        "http://example.com, http://example.com",
        "example.com, example.com"
    })
    void aNameAndPasswordAreNotShown(String text, String shown) {
        assertThat(ApiAddress.shown(text)).isEqualTo(shown);
    }

    @Test
    void aNameAndPasswordAreRefusedWithoutBeingShown() {
        assertThatThrownBy(() -> ApiAddress.parse("http://u:p/w@example.com", "v1"))
                .hasMessage("it must not hold a name and password");
    }

    @Test
    void aVersionIsOneWord() {
        assertThatThrownBy(() -> ApiAddress.parse("example.com", "v1 HTTP/1.1\r\nX: y"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void prefixIsPartOfThePathOnTheWire() {
        assertThat(ApiAddress.parse("https://example.com/whisk", "v2").path("/a"))
                .isEqualTo("/whisk/api/v2/a");
    }
}
