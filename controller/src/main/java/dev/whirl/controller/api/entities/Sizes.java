package dev.whirl.controller.api.entities;

import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;

/// How large the parts of an entity may be (row R-68).
public final class Sizes {
    private Sizes() {}

    /// @throws ApiException 413
    public static void require(String field, long size, long max) {
        if (size > max) {
            throw new ApiException(ErrorCode.TOO_LARGE, Messages.tooLarge(field, size, max));
        }
    }
}
