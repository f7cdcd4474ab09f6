package dev.whirl.model.activation;

import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import java.security.SecureRandom;
import java.util.HexFormat;

/// Names one activation: 32 lower-case hex digits (row R-130). Not guessable: 122 random bits from a secure source.
public record ActivationId(String value) {
    public static final int LENGTH = 32;

    private static final SecureRandom RANDOM = new SecureRandom();

    /// @throws ApiException 400 with the row's sentence
    public ActivationId {
        if (value.length() != LENGTH) {
            throw new ApiException(ErrorCode.BAD_REQUEST, Messages.activationIdLength(value.length(), LENGTH));
        }
        if (!value.chars().allMatch(ActivationId::isDigit)) {
            throw new ApiException(ErrorCode.BAD_REQUEST, Messages.ACTIVATION_ID_ILLEGAL);
        }
    }

    public static ActivationId random() {
        var bytes = new byte[LENGTH / 2];
        RANDOM.nextBytes(bytes);
        return new ActivationId(HexFormat.of().formatHex(bytes));
    }

    private static boolean isDigit(int character) {
        return (character >= '0' && character <= '9') || (character >= 'a' && character <= 'f');
    }

    @Override
    public String toString() {
        return value;
    }
}
