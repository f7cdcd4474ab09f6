package dev.whirl.model.secret;

import dev.whirl.model.Messages;

/// An encrypted value can't be decrypted: another key, no key, or no such value. It tells the name of the parameter
/// and nothing of what is in it.
public final class LockedParameterException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String parameter;
    private final String algorithm;

    LockedParameterException(String parameter, String algorithm) {
        super(Messages.parameterLocked(parameter, algorithm));
        this.parameter = parameter;
        this.algorithm = algorithm;
    }

    public String parameter() {
        return parameter;
    }

    public String algorithm() {
        return algorithm;
    }

    /// For the user.
    public String sentence() {
        return Messages.parameterLocked(parameter, algorithm);
    }
}
