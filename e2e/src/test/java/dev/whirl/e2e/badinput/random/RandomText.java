package dev.whirl.e2e.badinput.random;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;

/// Texts that break things.
final class RandomText {
    private static final List<String> ODD = List.of(
            "",
            " ",
            "null",
            "true",
            "0",
            "-1",
            "201",
            "99999999999999999999",
            "1e400",
            "NaN",
            "default",
            "_",
            "__ow_method",
            "..",
            ".",
            "../../etc/passwd",
            "a/b/c/d",
            "//",
            "%",
            "'; DROP TABLE x; --",
            "<script>",
            "${jndi:x}",
            "\u0000",
            "\r\nX-Injected: 1",
            "\u202Etxt",
            "\uFEFF",
            "e\u0301",
            "☃",
            "\uD83D\uDE00",
            "\uFFFF",
            "İ",
            "ß",
            "\u2028",
            "--limit",
            ".json",
            "a.http",
            "name ",
            "-name",
            "n&m",
            "a@b",
            "x".repeat(256),
            "x".repeat(257),
            "é".repeat(200));

    /// Parts of a path that are no valid encoding, or one of something that should not be in a path.
    private static final List<String> BROKEN_PATHS = List.of(
            "%",
            "%z", "%2", "%2f", "%2F%2e%2e", "%00", "%c0%af", "%ff", "%ed%a0%80", "%25", "+", ";a=b", "*", "~", "@");

    private RandomText() {}

    static <T> T one(RandomGenerator random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    static String odd(RandomGenerator random) {
        return one(random, ODD);
    }

    /// A segment of a path, encoded if it can be, now and then wrongly.
    static String segment(RandomGenerator random) {
        return random.nextInt(3) == 0
                ? one(random, BROKEN_PATHS)
                : URLEncoder.encode(odd(random), StandardCharsets.UTF_8).replace("+", "%20");
    }
}
