package dev.whirl.model.secret;

import dev.whirl.common.config.ConfigReader;
import dev.whirl.model.entity.Parameter;
import dev.whirl.model.entity.Parameters;
import dev.whirl.model.json.RawJson;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Encrypts parameters when they are stored, and decrypts arguments when a function gets them (rows R-73, I-55). What
/// one algorithm encrypted stays readable when another is chosen, as long as its key is there. Immutable.
public final class ParameterEncryption {
    /// Nothing is encrypted, and nothing can be decrypted.
    public static final ParameterEncryption OFF = new ParameterEncryption(Algorithm.OFF, Map.of());

    private final Algorithm current;
    private final Map<Algorithm, ValueCipher> ciphers;

    /// @param keys of the right length for each algorithm; not kept by reference
    private ParameterEncryption(Algorithm current, Map<Algorithm, byte[]> keys) {
        this.current = current;
        this.ciphers = new EnumMap<>(Algorithm.class);
        keys.forEach((algorithm, key) -> ciphers.put(algorithm, new ValueCipher(key, algorithm.ivBytes())));
    }

    /// @throws IllegalArgumentException if the key has another length than the algorithm's
    public static ParameterEncryption with(Algorithm current, Map<Algorithm, byte[]> keys) {
        keys.forEach((algorithm, key) -> {
            if (key.length != algorithm.keyBytes()) {
                throw new IllegalArgumentException(algorithm + " has another length of keys");
            }
        });
        return new ParameterEncryption(current, keys);
    }

    /// Reads `parameters.*`. Nothing of a key gets into the list of problems.
    public static ParameterEncryption read(ConfigReader reader) {
        Algorithm current = reader.choice(
                "parameters.encryption",
                Algorithm.OFF,
                "With what the parameters of actions, packages and triggers are encrypted when they are stored.");
        var keys = new EnumMap<Algorithm, byte[]>(Algorithm.class);
        readKey(reader, Algorithm.AES_128, keys);
        readKey(reader, Algorithm.AES_256, keys);
        if (current != Algorithm.OFF && !keys.containsKey(current)) {
            reader.problem("parameters.encryption = %s needs parameters.%s-key".formatted(current, current));
        }
        return new ParameterEncryption(current, keys);
    }

    private static void readKey(ConfigReader reader, Algorithm algorithm, Map<Algorithm, byte[]> keys) {
        String name = "parameters.%s-key".formatted(algorithm);
        String text = reader.text(
                        name,
                        "",
                        "Key for %s in base64, %d bytes. Keep it while values encrypted with it are stored."
                                .formatted(algorithm, algorithm.keyBytes()))
                .strip();
        byte @Nullable [] key = text.isEmpty() ? null : decoded(text);
        if (key != null && key.length == algorithm.keyBytes()) {
            keys.put(algorithm, key);
        } else if (!text.isEmpty()) {
            reader.problem("%s is not %d bytes in base64".formatted(name, algorithm.keyBytes()));
        }
    }

    private static byte @Nullable [] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    /// As they are to be stored: all that are defined and not encrypted yet are encrypted.
    public Parameters encrypted(Parameters given) {
        ValueCipher cipher = ciphers.get(current);
        if (current == Algorithm.OFF || cipher == null || given.isEmpty()) {
            return given;
        }
        var stored = new ArrayList<Parameter>(given.list().size());
        for (Parameter each : given.list()) {
            boolean isPlain = each.isDefined() && each.encryption() == null;
            stored.add(
                    isPlain
                            ? new Parameter(
                                    each.key(), cipher.encrypted(each.value()), each.isInit(), current.toString())
                            : each);
        }
        return new Parameters(stored);
    }

    /// As a function gets them.
    ///
    /// @param arguments an object, unless nothing is locked
    /// @param locked names of the encrypted ones, each with its algorithm
    /// @throws LockedParameterException if one can't be decrypted
    public RawJson decrypted(RawJson arguments, Map<String, String> locked) {
        if (locked.isEmpty() || !arguments.isObject()) {
            return arguments;
        }
        var fields = arguments.fields();
        locked.forEach(
                (name, algorithm) -> fields.computeIfPresent(name, (_, value) -> decrypted(name, algorithm, value)));
        return RawJson.object(fields);
    }

    private RawJson decrypted(String name, String algorithm, RawJson value) {
        return Algorithm.named(algorithm)
                .map(ciphers::get)
                .flatMap(cipher -> cipher.decrypted(value))
                .orElseThrow(() -> new LockedParameterException(name, algorithm));
    }

    /// Prints without keys.
    @Override
    public String toString() {
        return "ParameterEncryption[%s]".formatted(current);
    }
}
