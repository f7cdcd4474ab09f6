package dev.whirl.model.entity;

import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;

/// The name of a namespace (row R-12).
public record NamespaceName(String value) implements Comparable<NamespaceName> {
    /// @throws ApiException 400 with the sentence for the caller
    public NamespaceName {
        if (value.length() > EntityName.MAX_LENGTH) {
            throw new ApiException(
                    ErrorCode.BAD_REQUEST, Messages.namespaceTooLong(value.length(), EntityName.MAX_LENGTH));
        }
        if (!EntityName.isLegal(value)) {
            throw new ApiException(ErrorCode.BAD_REQUEST, Messages.NAMESPACE_ILLEGAL);
        }
    }

    @Override
    public int compareTo(NamespaceName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
