package dev.whirl.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class QualifiedNameTest {
    @ParameterizedTest
    @CsvSource({
        "hello, /_/hello, hello",
        "utils/hello, /_/utils/hello, utils/hello",
        "/guest/hello, /guest/hello, hello",
        "/guest/utils/hello, /guest/utils/hello, utils/hello",
        "guest/utils/hello, /guest/utils/hello, utils/hello",
        "/_/hello, /_/hello, hello",
        "/guest, /guest, ''"
    })
    void namesAreReadAsUsersWriteThem(String text, String full, String entity) {
        QualifiedName name = QualifiedName.parse(text, "_");

        assertThat(name.toString()).isEqualTo(full);
        assertThat(name.entityName()).isEqualTo(entity);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "//a", "/a//b", "/a/b/c/d", "a/", "a//b", ".", "/a/.", "..", "/a/..", "../b"})
    void incompleteNamesAreRefused(String text) {
        assertThatThrownBy(() -> QualifiedName.parse(text, "_"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A valid qualified name must be specified.");
    }
}
