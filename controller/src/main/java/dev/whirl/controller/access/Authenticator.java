package dev.whirl.controller.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import dev.whirl.model.identity.AuthKey;
import dev.whirl.model.identity.Identity;
import dev.whirl.store.Subjects;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Turns Basic credentials into identities (row R-1). What was looked up counts for a short time, unknown keys
/// too, so that guessing does not load the store; both are bounded.
public final class Authenticator {
    private static final String SCHEME = "Basic ";
    private static final int MAX_HEADER = 1024;
    private static final int MAX_UUID = 128;

    /// Compared with when a key is unknown, so that the answer takes as long as for a wrong secret (attack 32).
    private static final AuthKey NOBODY = new AuthKey("nobody", "x".repeat(64));

    private final Subjects subjects;
    private final Cache<String, Optional<Identity>> known;

    public Authenticator(Subjects subjects, Duration ttl) {
        this.subjects = subjects;
        this.known =
                Caffeine.newBuilder().maximumSize(100_000).expireAfterWrite(ttl).build();
    }

    /// @param header the value of `Authorization`, null if there is none
    /// @throws ApiException 401
    public Identity authenticate(@Nullable String header) {
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw new ApiException(ErrorCode.UNAUTHENTICATED, Messages.CREDENTIALS_MISSING);
        }
        return key(header)
                .flatMap(this::identity)
                .orElseThrow(() -> new ApiException(ErrorCode.UNAUTHENTICATED, Messages.CREDENTIALS_INVALID));
    }

    private Optional<Identity> identity(AuthKey presented) {
        Optional<Identity> candidate = known.get(presented.uuid(), subjects::byKey);
        AuthKey expected = candidate.map(Identity::key).orElse(NOBODY);
        boolean secretMatches = presented.matches(new AuthKey(presented.uuid(), expected.secret()));
        return secretMatches ? candidate : Optional.empty();
    }

    private static Optional<AuthKey> key(String header) {
        if (header.length() > MAX_HEADER) {
            return Optional.empty();
        }
        try {
            byte[] decoded =
                    Base64.getDecoder().decode(header.substring(SCHEME.length()).strip());
            return AuthKey.parse(new String(decoded, StandardCharsets.UTF_8))
                    .filter(each -> each.uuid().length() <= MAX_UUID);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
