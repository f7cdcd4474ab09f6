package dev.whirl.client;

import java.io.IOException;

/// The client's own certificate, or its key, cannot be read or used. The message is a reason for the user.
public final class OwnCertificateException extends IOException {
    public OwnCertificateException(String message, Throwable cause) {
        super(message, cause);
    }
}
