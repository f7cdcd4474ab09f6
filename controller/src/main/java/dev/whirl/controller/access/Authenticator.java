package dev.whirl.controller.access;

import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import dev.whirl.model.identity.AuthKey;
import dev.whirl.model.identity.FailedLogins;
import dev.whirl.model.identity.Identity;
import dev.whirl.store.Subjects;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Turns Basic credentials into identities (row R-1).
public final class Authenticator implements Recognizer {
    private static final String SCHEME = "Basic ";
    private static final int MAX_HEADER = 1024;
    private static final int MAX_UUID = 128;

    /// Compared with when a key is unknown, so that the answer takes as long as for a wrong secret (attack 32).
    private static final AuthKey NOBODY = new AuthKey("nobody", "x".repeat(64));

    private final Identities identities;
    private final FailedLogins failed;

    public Authenticator(Subjects subjects, AccessConfig config, InstantSource clock) {
        this(new Identities(subjects, config.identityTtl()), config, clock);
    }

    public Authenticator(Identities identities, AccessConfig config, InstantSource clock) {
        this.identities = identities;
        this.failed = new FailedLogins(config.failuresPerMinute(), FailedLogins.DELAY, clock);
    }

    @Override
    public Identity authenticate(@Nullable String header, InetAddress from) {
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw new ApiException(ErrorCode.UNAUTHENTICATED, Messages.CREDENTIALS_MISSING);
        }
        return key(header).flatMap(this::identity).orElseThrow(() -> refused(from));
    }

    @Override
    public Optional<Identity> recognize(@Nullable String header, InetAddress from) {
        if (header == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(authenticate(header, from));
        } catch (ApiException e) {
            return Optional.empty();
        }
    }

    private ApiException refused(InetAddress from) {
        return failed.isTooMany(from)
                ? new ApiException(ErrorCode.TOO_MANY_REQUESTS, Messages.TOO_MANY_FAILED_LOGINS)
                : new ApiException(ErrorCode.UNAUTHENTICATED, Messages.CREDENTIALS_INVALID);
    }

    private Optional<Identity> identity(AuthKey presented) {
        Optional<Identity> candidate = identities.byKey(presented.uuid());
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
