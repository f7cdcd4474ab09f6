package dev.whirl.model.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.whirl.common.config.ConfigException;
import dev.whirl.common.config.ConfigReader;
import dev.whirl.model.entity.Parameter;
import dev.whirl.model.entity.Parameters;
import dev.whirl.model.json.MalformedJsonException;
import dev.whirl.model.json.RawJson;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("R-73")
@Tag("I-55")
class ParameterEncryptionTest {
    private static final byte[] KEY_128 = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] KEY_256 = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final RawJson SECRET = json("{\"pass\": \"hun\\u20ac\", \"n\": [1, null]}");

    @ParameterizedTest
    @EnumSource(names = {"AES_128", "AES_256"})
    void whatIsStoredDecryptsByTheDocumentedLayout(Algorithm algorithm) throws GeneralSecurityException {
        Parameter stored = encrypted(algorithm, SECRET);

        byte[] all = Base64.getDecoder().decode(stored.value().asText().orElseThrow());
        ByteBuffer rest = ByteBuffer.wrap(all);
        byte[] iv = new byte[rest.getInt()];
        rest.get(iv);
        byte[] key = algorithm == Algorithm.AES_128 ? KEY_128 : KEY_256;
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, iv));
        String plain = new String(cipher.doFinal(all, rest.position(), rest.remaining()), StandardCharsets.UTF_8);

        assertThat(iv).hasSize(algorithm == Algorithm.AES_128 ? 12 : 128);
        assertThat(json(plain)).isEqualTo(SECRET.compact());
        assertThat(stored.encryption()).isEqualTo(algorithm == Algorithm.AES_128 ? "aes-128" : "aes-256");
    }

    @Test
    void noTwoEncryptionsLookAlike() {
        assertThat(encrypted(Algorithm.AES_256, SECRET).value())
                .isNotEqualTo(encrypted(Algorithm.AES_256, SECRET).value());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\"text\"", "0", "-1.5e3", "true", "[]", "{}", "{\"a\":{\"b\":[\"\\u0000\"]}}"})
    void everyValueComesBackAsItWas(String value) {
        Parameter stored = encrypted(Algorithm.AES_128, json(value));

        RawJson back = with(Algorithm.AES_256).decrypted(RawJson.object("p", stored.value()), Map.of("p", "aes-128"));

        assertThat(back.field("p")).contains(json(value));
    }

    @Test
    void whatIsUndefinedOrEncryptedAlreadyIsStoredAsItIs() {
        var undefined = new Parameter("u", RawJson.NULL, false, null);
        var locked = new Parameter("l", RawJson.string("whatever"), true, "aes-128");

        Parameters stored = with(Algorithm.AES_256).encrypted(new Parameters(List.of(undefined, locked)));

        assertThat(stored.list()).containsExactly(undefined, locked);
    }

    @Test
    @Tag("R-14")
    void anInitParameterStaysOne() {
        var init = new Parameter("i", SECRET, true, null);

        Parameters stored = with(Algorithm.AES_256).encrypted(new Parameters(List.of(init)));

        assertThat(stored.list().getFirst().isInit()).isTrue();
        assertThat(stored.locked()).isEqualTo(Map.of("i", "aes-256"));
    }

    @Test
    void whereItIsOffNothingIsEncrypted() {
        var given = new Parameters(List.of(Parameter.of("p", SECRET)));

        assertThat(ParameterEncryption.OFF.encrypted(given)).isSameAs(given);
    }

    @Test
    void onlyLockedArgumentsAreTouched() {
        RawJson arguments = json("{\"p\":\"AAAA\",\"q\":1}");

        assertThat(with(Algorithm.AES_256).decrypted(arguments, Map.of())).isSameAs(arguments);
        assertThat(with(Algorithm.AES_256).decrypted(arguments, Map.of("gone", "aes-256")))
                .isEqualTo(arguments);
        assertThat(with(Algorithm.AES_256).decrypted(RawJson.EMPTY_ARRAY, Map.of("p", "aes-256")))
                .isEqualTo(RawJson.EMPTY_ARRAY);
    }

    @Test
    void aWrongKeyIsToldByTheNameOfTheParameterAndNothingElse() {
        Parameter stored = encrypted(Algorithm.AES_256, SECRET);
        byte[] other = KEY_256.clone();
        other[0]++;
        var wrong = ParameterEncryption.with(Algorithm.AES_256, Map.of(Algorithm.AES_256, other));

        Throwable thrown =
                catchThrowable(() -> wrong.decrypted(RawJson.object("p", stored.value()), Map.of("p", "aes-256")));

        assertThat(thrown)
                .isInstanceOf(LockedParameterException.class)
                .hasNoCause()
                .hasMessage("The parameter 'p' is encrypted with 'aes-256' and could not be decrypted.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "AAAA",
                "////////////////////////////////",
                "AAAADAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void whatWasNeverEncryptedIsRefusedWithoutHarm(String value) {
        assertThatThrownBy(() -> with(Algorithm.AES_256)
                        .decrypted(RawJson.object("p", RawJson.string(value)), Map.of("p", "aes-256")))
                .isInstanceOf(LockedParameterException.class);
    }

    @Test
    void withoutTheKeyOfItsAlgorithmAValueStaysLocked() {
        Parameter stored = encrypted(Algorithm.AES_128, SECRET);
        var arguments = RawJson.object("p", stored.value());

        for (String each : List.of("aes-128", "off", "rot13")) {
            assertThatThrownBy(() -> ParameterEncryption.OFF.decrypted(arguments, Map.of("p", each)))
                    .isInstanceOf(LockedParameterException.class);
        }
    }

    @Test
    void theConfigurationNamesAlgorithmAndKeys() {
        ConfigReader reader = reader(Map.of(
                "parameters.encryption",
                "aes-256",
                "parameters.aes-256-key",
                Base64.getEncoder().encodeToString(KEY_256),
                "parameters.aes-128-key",
                Base64.getEncoder().encodeToString(KEY_128)));

        ParameterEncryption read = ParameterEncryption.read(reader);
        reader.finish();

        RawJson old = encrypted(Algorithm.AES_128, SECRET).value();
        assertThat(read.decrypted(RawJson.object("p", old), Map.of("p", "aes-128"))
                        .field("p"))
                .contains(SECRET.compact());
        assertThat(read.encrypted(new Parameters(List.of(Parameter.of("p", SECRET))))
                        .locked())
                .isEqualTo(Map.of("p", "aes-256"));
        assertThat(read).hasToString("ParameterEncryption[aes-256]");
    }

    @Test
    void aMissingOrMalformedKeyIsAProblemThatDoesNotShowTheKey() {
        ConfigReader reader =
                reader(Map.of("parameters.encryption", "aes-128", "parameters.aes-256-key", "c2VjcmV0LWtleQ=="));

        ParameterEncryption.read(reader);

        assertThatThrownBy(reader::finish)
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e -> assertThat(e.problems())
                                .containsExactlyInAnyOrder(
                                        "parameters.encryption = aes-128 needs parameters.aes-128-key",
                                        "parameters.aes-256-key is not 32 bytes in base64"));
    }

    private static Parameter encrypted(Algorithm algorithm, RawJson value) {
        return with(algorithm)
                .encrypted(new Parameters(List.of(Parameter.of("p", value))))
                .list()
                .getFirst();
    }

    private static ParameterEncryption with(Algorithm current) {
        return ParameterEncryption.with(current, Map.of(Algorithm.AES_128, KEY_128, Algorithm.AES_256, KEY_256));
    }

    private static ConfigReader reader(Map<String, String> values) {
        return new ConfigReader(List.of(new ConfigReader.Source("--set", values)), Map.of());
    }

    private static RawJson json(String text) {
        try {
            return RawJson.parse(text);
        } catch (MalformedJsonException e) {
            throw new AssertionError(text, e);
        }
    }
}
