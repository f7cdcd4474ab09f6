package dev.whirl.sandbox.kubernetes.api;

/// Which version of Kubernetes answers.
///
/// @param text as it says itself
public record ServerVersion(int major, int minor, String text) {
    /// Providers write minors like `34+`; what is no number counts as the oldest.
    static ServerVersion of(String major, String minor, String text) {
        return new ServerVersion(number(major), number(minor), text);
    }

    boolean isAtLeast(int wantedMajor, int wantedMinor) {
        return major > wantedMajor || (major == wantedMajor && minor >= wantedMinor);
    }

    private static int number(String text) {
        String digits = text.replaceAll("[^0-9].*", "");
        return digits.isEmpty() || digits.length() > 6 ? 0 : Integer.parseInt(digits);
    }
}
