package dev.whirl.server.admin;

import dev.whirl.model.identity.AuthKey;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Makes keys, and reads those that an operator gives (row A-1).
final class NewKeys {
    static final int SECRET_LENGTH = 64;

    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final Pattern UUID_FORM = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private NewKeys() {}

    /// The key that was given, or a new one if none was.
    ///
    /// @throws MisuseException if what was given is no key
    static AuthKey givenOrNew(@Nullable String given) {
        return given == null ? new AuthKey(UUID.randomUUID().toString(), newSecret()) : parse(given);
    }

    static String newSecret() {
        var secret = new StringBuilder(SECRET_LENGTH);
        for (int i = 0; i < SECRET_LENGTH; i++) {
            secret.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        }
        return secret.toString();
    }

    private static AuthKey parse(String given) {
        String[] parts = given.split(":", -1);
        if (!UUID_FORM.matcher(parts[0]).matches()) {
            throw new MisuseException("authorization id is not a valid UUID");
        }
        if (parts.length != 2) {
            throw new MisuseException("failed to determine authorization id and key: expected uuid:key");
        }
        if (parts[1].length() < SECRET_LENGTH) {
            throw new MisuseException("authorization key must be at least 64 characters long");
        }
        if (parts[1].length() > SECRET_LENGTH) {
            throw new MisuseException("authorization key must be at most 64 characters long");
        }
        return new AuthKey(parts[0].toLowerCase(Locale.ROOT), parts[1]);
    }
}
