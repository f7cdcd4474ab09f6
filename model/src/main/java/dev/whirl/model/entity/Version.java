package dev.whirl.model.entity;

import static dev.whirl.common.Preconditions.require;

import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `major.minor.patch` of an entity; the patch number counts updates (row R-13).
public record Version(int major, int minor, int patch) {
    public static final Version FIRST = new Version(0, 0, 1);

    private static final int MAX_PART = 999_999_999;

    private static final Pattern TEXT = Pattern.compile("(\\d{1,9})(?:\\.(\\d{1,9}))?(?:\\.(\\d{1,9}))?");

    public Version {
        require(isPart(major) && isPart(minor) && isPart(patch), "%d.%d.%d is no version", major, minor, patch);
    }

    private static boolean isPart(int number) {
        return number >= 0 && number <= MAX_PART;
    }

    /// @throws ApiException 400 when the text is no version
    public static Version parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new ApiException(
                    ErrorCode.BAD_REQUEST,
                    "The request content was malformed:\nrequirement failed: '%s' is not a semantic version"
                            .formatted(text));
        }
        return new Version(part(matcher, 1), part(matcher, 2), part(matcher, 3));
    }

    /// The version of the next update. A part that can't grow carries into the one before it; the very last stays.
    public Version nextPatch() {
        if (patch < MAX_PART) {
            return new Version(major, minor, patch + 1);
        }
        if (minor < MAX_PART) {
            return new Version(major, minor + 1, 0);
        }
        return major < MAX_PART ? new Version(major + 1, 0, 0) : this;
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }

    private static int part(Matcher matcher, int group) {
        String digits = matcher.group(group);
        return digits == null ? 0 : Integer.parseInt(digits);
    }
}
