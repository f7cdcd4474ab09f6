package dev.whirl.client;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Whom to trust on https, and who we are.
///
/// @param trustsAnyServer accepts every certificate and host name: for test installations only
/// @param identity our own certificate, null for none
/// @param authorities a PEM file with certificate authorities to trust; null for none
/// @param trustsJdk whether those of the JDK are trusted too
public record TlsOptions(
        boolean trustsAnyServer,
        @Nullable Identity identity,
        @Nullable Path authorities,
        boolean trustsJdk) {
    /// The certificate authorities of the JDK, no client certificate.
    public static final TlsOptions DEFAULT = new TlsOptions(false, null);

    /// A client certificate and its private key, both as PEM files; the key in PKCS #8, without a password.
    public record Identity(Path certificate, Path key) {}

    public TlsOptions {
        if (authorities == null && !trustsJdk) {
            throw new IllegalArgumentException("nobody would be trusted: name a file with authorities");
        }
    }

    /// With the certificate authorities of the JDK alone.
    public TlsOptions(boolean trustsAnyServer, @Nullable Identity identity) {
        this(trustsAnyServer, identity, null, true);
    }

    /// With the authorities of a file beside those of the JDK.
    ///
    /// @param file null for those of the JDK alone
    public TlsOptions withAuthorities(@Nullable Path file) {
        return new TlsOptions(trustsAnyServer, identity, file, true);
    }

    /// With the authorities of a file in place of those of the JDK.
    ///
    /// @param file null for those of the JDK
    public TlsOptions withOnlyAuthorities(@Nullable Path file) {
        return new TlsOptions(trustsAnyServer, identity, file, file == null);
    }
}
