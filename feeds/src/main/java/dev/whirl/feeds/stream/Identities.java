package dev.whirl.feeds.stream;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;

/// Short names by which events are known again, each of [#LENGTH] characters: marks hold many of them.
public final class Identities {
    private static final int BYTES = 6;

    /// Of Base64, without padding.
    private static final int LENGTH = 8;

    private Identities() {}

    /// The same for the same text; hardly ever for another one.
    public static String of(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().encodeToString(Arrays.copyOf(hash, BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// All in one text.
    public static String join(Collection<String> identities) {
        return String.join("", identities);
    }

    /// As they were joined.
    public static List<String> split(String text) {
        var identities = new ArrayList<String>();
        for (int i = 0; i + LENGTH <= text.length(); i += LENGTH) {
            identities.add(text.substring(i, i + LENGTH));
        }
        return identities;
    }
}
