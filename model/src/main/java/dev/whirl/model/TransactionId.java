package dev.whirl.model;

import static dev.whirl.common.Preconditions.require;

import java.util.concurrent.ThreadLocalRandom;

/// Names one request through the whole platform; `X-Request-ID` (row R-4).
///
/// @param isTraced whether its caller asked to have it logged in full and its record kept in any case (row R-5)
public record TransactionId(String value, boolean isTraced) {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int LENGTH = 32;
    private static final int MAX_LENGTH = 128;

    public TransactionId {
        require(isAcceptable(value), "not a transaction id");
    }

    public TransactionId(String value) {
        this(value, false);
    }

    public TransactionId traced() {
        return new TransactionId(value, true);
    }

    /// Whether a client's id can be kept: visible ASCII without quotes, not too long, and not the platform's own
    /// (`sid_…`).
    /// Anything else would travel into logs and headers (attack 39).
    public static boolean isAcceptable(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH || text.startsWith("sid_")) {
            return false;
        }
        return text.chars().allMatch(c -> c > ' ' && c < 127 && c != '"' && c != '\\');
    }

    /// A fresh id of 32 letters and digits. It is a name, not a secret.
    public static TransactionId random() {
        var random = ThreadLocalRandom.current();
        var chars = new char[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            chars[i] = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
        }
        return new TransactionId(new String(chars));
    }

    @Override
    public String toString() {
        return value;
    }
}
