package dev.whirl.model.secret;

import dev.whirl.model.json.MalformedJsonException;
import dev.whirl.model.json.RawJson;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Encrypts single values with AES in Galois/Counter mode (NIST SP 800-38D). An encrypted value is a text: base64 of
/// the length of the initialisation vector (four bytes, big-endian), that vector, the ciphertext, and its tag of 16
/// bytes. The plain text is compact JSON. For use by many threads.
final class ValueCipher {
    private static final String TRANSFORMATION = "AES/GCM/NoPadding";
    private static final int TAG_BYTES = 16;
    private static final int MOST_IV_BYTES = 1024;

    private final SecretKeySpec key;
    private final int ivBytes;
    private final SecureRandom random = new SecureRandom();

    ValueCipher(byte[] key, int ivBytes) {
        this.key = new SecretKeySpec(key, "AES");
        this.ivBytes = ivBytes;
    }

    RawJson encrypted(RawJson value) {
        byte[] iv = new byte[ivBytes];
        random.nextBytes(iv);
        byte[] plain = value.compact().toString().getBytes(StandardCharsets.UTF_8);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, iv).doFinal(plain);
            byte[] all = ByteBuffer.allocate(Integer.BYTES + iv.length + sealed.length)
                    .putInt(iv.length)
                    .put(iv)
                    .put(sealed)
                    .array();
            return RawJson.string(Base64.getEncoder().encodeToString(all));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES/GCM is part of every Java", e);
        }
    }

    /// The plain value; empty if it was not encrypted with this key, or not at all.
    Optional<RawJson> decrypted(RawJson value) {
        try {
            byte[] all = Base64.getDecoder().decode(value.asText().orElse(""));
            ByteBuffer rest = ByteBuffer.wrap(all);
            if (rest.remaining() < Integer.BYTES + TAG_BYTES) {
                return Optional.empty();
            }
            int length = rest.getInt();
            if (length < 1 || length > Math.min(MOST_IV_BYTES, rest.remaining() - TAG_BYTES)) {
                return Optional.empty();
            }
            byte[] iv = new byte[length];
            rest.get(iv);
            byte[] plain = cipher(Cipher.DECRYPT_MODE, iv).doFinal(all, rest.position(), rest.remaining());
            return Optional.of(RawJson.parse(plain));
        } catch (GeneralSecurityException | IllegalArgumentException | MalformedJsonException _) {
            return Optional.empty(); // what they say could tell of the value
        }
    }

    private Cipher cipher(int mode, byte[] iv) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(TRANSFORMATION);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, iv));
        return cipher;
    }
}
