package dev.whirl.model.secret;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// With what parameters are encrypted. Its text is what the field `encryption` of a parameter says.
public enum Algorithm {
    OFF(0, 0),
    AES_128(16, 12),
    AES_256(32, 128);

    private final int keyBytes;
    private final int ivBytes;

    Algorithm(int keyBytes, int ivBytes) {
        this.keyBytes = keyBytes;
        this.ivBytes = ivBytes;
    }

    /// The one with this text; `off` is none.
    public static Optional<Algorithm> named(String text) {
        return Arrays.stream(values())
                .filter(each -> each != OFF && each.toString().equals(text))
                .findFirst();
    }

    public int keyBytes() {
        return keyBytes;
    }

    int ivBytes() {
        return ivBytes;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
