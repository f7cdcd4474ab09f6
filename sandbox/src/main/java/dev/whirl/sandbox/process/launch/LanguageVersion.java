package dev.whirl.sandbox.process.launch;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads version numbers out of what interpreters say of themselves.
final class LanguageVersion {
    private static final String NUMBER = "(\\d{1,6}(?:\\.\\d{1,6}){0,6})";
    private static final Pattern NODE = Pattern.compile("^v" + NUMBER + "(?![\\w.])", Pattern.MULTILINE);
    private static final Map<String, Pattern> PATTERNS = Map.of(
            "node",
            NODE,
            "nodejs",
            NODE,
            "python3",
            Pattern.compile("^Python " + NUMBER, Pattern.MULTILINE),
            "ruby",
            Pattern.compile("^ruby " + NUMBER, Pattern.MULTILINE),
            "go",
            Pattern.compile("^go version go" + NUMBER, Pattern.MULTILINE),
            "swiftc",
            Pattern.compile("\\bSwift version " + NUMBER),
            "java",
            Pattern.compile("^(?:openjdk|java)(?: version)? \"?" + NUMBER, Pattern.MULTILINE));

    /// For other languages: a line with nothing but maybe a word before the number.
    private static final Pattern OTHER =
            Pattern.compile("^(?:[\\w+#-]+ )?v?" + NUMBER + "(?![\\w.])", Pattern.MULTILINE);

    private LanguageVersion() {}

    /// The version in such an output; empty if that is not how this interpreter says it.
    ///
    /// @param name of the interpreter, such as `python3`
    static Optional<String> in(String output, String name) {
        Matcher matcher = PATTERNS.getOrDefault(name, OTHER).matcher(output);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    static boolean isAtLeast(String version, String minimum) {
        int[] have = numbers(version);
        int[] need = numbers(minimum);
        for (int i = 0; i < need.length; i++) {
            int mine = i < have.length ? have[i] : 0;
            if (mine != need[i]) {
                return mine > need[i];
            }
        }
        return true;
    }

    private static int[] numbers(String version) {
        return Arrays.stream(version.split("\\.")).mapToInt(Integer::parseInt).toArray();
    }
}
