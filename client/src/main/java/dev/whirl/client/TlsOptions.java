package dev.whirl.client;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Whom to trust on https, and who we are.
///
/// @param trustsAnyServer accepts every certificate and host name: for test installations only
/// @param identity our own certificate, null for none
/// @param authorities a PEM file with certificate authorities to trust beside those of the JDK;
/// null for none
public record TlsOptions(
        boolean trustsAnyServer,
        @Nullable Identity identity,
        @Nullable Path authorities) {
    /// The certificate authorities of the JDK, no client certificate.
    public static final TlsOptions DEFAULT = new TlsOptions(false, null);

    /// A client certificate and its private key, both as PEM files; the key in PKCS #8, without a password.
    public record Identity(Path certificate, Path key) {}

    /// With the certificate authorities of the JDK alone.
    public TlsOptions(boolean trustsAnyServer, @Nullable Identity identity) {
        this(trustsAnyServer, identity, null);
    }

    public TlsOptions withAuthorities(@Nullable Path file) {
        return new TlsOptions(trustsAnyServer, identity, file);
    }
}
