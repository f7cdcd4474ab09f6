package dev.whirl.model.entity;

import static dev.whirl.common.Preconditions.require;

/// Where the code of an action is kept: by the SHA-256 of its text, as the user sent it (source, or base64 of an
/// archive).
///
/// @param sha256 64 lower-case hex digits
/// @param sizeBytes length of that text in UTF-8
/// @param isBinary whether the text is base64 of something (row R-63)
public record CodeRef(String sha256, long sizeBytes, boolean isBinary) {
    public CodeRef {
        require(sha256.matches("[0-9a-f]{64}"), "'%s' is not a SHA-256", sha256);
        require(sizeBytes >= 0, "negative size %d", sizeBytes);
    }
}
