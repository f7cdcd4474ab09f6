package dev.whirl.sandbox.kubernetes.manifest;

import java.util.Locale;

/// Names and label values that clusters take, made of whatever somebody wrote.
public final class Names {
    private static final int MOST = 63;

    private Names() {}

    /// The name of a pod (row I-25): `wsk<invoker>-<token>-<number>-<label>`, a DNS label.
    ///
    /// @param token tells this life of the invoker from earlier ones, whose pods may still be there
    public static String ofPod(String invoker, String token, long number, String label) {
        return dnsLabel("wsk%s-%s-%d-%s".formatted(invoker, token, number, label));
    }

    /// A DNS label (RFC 1123): at most 63 small letters, digits and dashes, the ends no dash.
    public static String dnsLabel(String text) {
        return ends(text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "-"), "-");
    }

    /// The value of a label: at most 63 letters, digits, dashes, dots and underscores, the ends a letter or digit.
    public static String labelValue(String text) {
        return ends(text.replaceAll("[^A-Za-z0-9._-]", "-"), "-._");
    }

    private static String ends(String text, String forbidden) {
        int from = 0;
        while (from < text.length() && forbidden.indexOf(text.charAt(from)) >= 0) {
            from++;
        }
        int end = Math.min(text.length(), from + MOST);
        while (end > from && forbidden.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return from == end ? "x" : text.substring(from, end);
    }
}
