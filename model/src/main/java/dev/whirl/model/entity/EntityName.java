package dev.whirl.model.entity;

import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import java.util.regex.Pattern;

/// The name of an action, package, trigger or rule: one segment of a path (row R-12).
public record EntityName(String value) implements Comparable<EntityName> {
    /// The longest name in characters.
    public static final int MAX_LENGTH = 256;

    private static final Pattern LEGAL = Pattern.compile("\\A(\\w|\\w[\\w@ .&-]{0,254}[\\w@.&-])\\z");

    /// @throws ApiException 400 with the sentence for the caller
    public EntityName {
        if (value.length() > MAX_LENGTH) {
            throw new ApiException(ErrorCode.BAD_REQUEST, Messages.nameTooLong(value.length(), MAX_LENGTH));
        }
        if (!isLegal(value)) {
            throw new ApiException(ErrorCode.BAD_REQUEST, Messages.NAME_ILLEGAL);
        }
    }

    /// Whether a text may be a name, but for its length.
    public static boolean isLegal(String text) {
        return LEGAL.matcher(text).matches();
    }

    @Override
    public int compareTo(EntityName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
