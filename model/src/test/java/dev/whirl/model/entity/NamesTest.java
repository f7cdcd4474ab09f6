package dev.whirl.model.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.TransactionId;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.identity.AuthKey;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "_", "0", "hello", "a b", "a&b", "a.b@c-d", "x_y", "a@", "a."})
    @Tag("R-12")
    void legalNamesAreTaken(String name) {
        assertThat(new EntityName(name).value()).isEqualTo(name);
        assertThat(new NamespaceName(name).value()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", " a", "a ", "-a", ".a", "@a", "a/b", "a\n", "a$", "a?b", "ü"})
    @Tag("R-12")
    void illegalNamesAreRefusedWithTheirSentence(String name) {
        assertThatThrownBy(() -> new EntityName(name))
                .hasMessage("The name of the entity contains illegal characters.")
                .extracting(e -> ((ApiException) e).code())
                .isEqualTo(ErrorCode.BAD_REQUEST);
        assertThatThrownBy(() -> new NamespaceName(name)).hasMessage("The namespace contains illegal characters.");
    }

    @Test
    @Tag("R-12")
    void namesHaveALargestLength() {
        assertThat(new EntityName("a".repeat(256)).value()).hasSize(256);
        assertThatThrownBy(() -> new EntityName("a".repeat(257)))
                .hasMessage("Name segement longer than allowed: 257 > 256.");
        assertThatThrownBy(() -> new NamespaceName("a".repeat(300)))
                .hasMessage("Namespace longer than allowed: 300 > 256.");
    }

    @Test
    @Tag("R-13")
    void versionsCountUpdatesInTheirLastPart() {
        assertThat(Version.FIRST).hasToString("0.0.1");
        assertThat(Version.parse("1.2.3").nextPatch()).hasToString("1.2.4");
        assertThat(Version.parse("0.0.999999999").nextPatch()).isEqualTo(Version.parse("0.1.0"));
        assertThat(Version.parse("0.999999999.999999999").nextPatch()).isEqualTo(Version.parse("1.0.0"));
        assertThatThrownBy(() -> Version.parse("1.x")).isInstanceOf(ApiException.class);
    }

    @Test
    @Tag("R-130")
    void activationIdsAre32HexDigits() {
        assertThat(ActivationId.random().value()).matches("[0-9a-f]{32}");
        assertThatThrownBy(() -> new ActivationId("a".repeat(31)))
                .hasMessage("Activation id length is 31 but must be 32.");
        assertThatThrownBy(() -> new ActivationId("g".repeat(32))).hasMessage("The activation id is not valid.");
        assertThatThrownBy(() -> new ActivationId("A".repeat(32))).hasMessage("The activation id is not valid.");
    }

    @Test
    @Tag("R-4")
    @Tag("attack-39")
    void transactionIdsOfClientsAreKeptOnlyIfHarmless() {
        assertThat(TransactionId.random().value()).matches("[A-Za-z0-9]{32}");
        assertThat(TransactionId.isAcceptable("req-1:2/3")).isTrue();
        assertThat(TransactionId.isAcceptable("sid_internal")).isFalse();
        assertThat(TransactionId.isAcceptable("a\nb")).isFalse();
        assertThat(TransactionId.isAcceptable("a\"b")).isFalse();
        assertThat(TransactionId.isAcceptable("a".repeat(129))).isFalse();
    }

    @Test
    @Tag("attack-38")
    void keysDoNotShowTheirSecretByAccident() {
        var key = AuthKey.parse("uuid:secret").orElseThrow();

        assertThat(key.toString()).doesNotContain("secret");
        assertThat(key.reveal()).isEqualTo("uuid:secret");
        assertThat(AuthKey.parse("nocolon")).isEmpty();
        assertThat(AuthKey.parse(":x")).isEmpty();
        assertThat(key.matches(new AuthKey("uuid", "secret"))).isTrue();
        assertThat(key.matches(new AuthKey("uuid", "secreT"))).isFalse();
    }
}
