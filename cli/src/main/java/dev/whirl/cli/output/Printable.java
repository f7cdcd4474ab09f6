package dev.whirl.cli.output;

/// Makes text of others harmless for a terminal: what would move the cursor, hide or reorder text, or talk to the
/// terminal is written as `\\u001b`, as in JSON. Line breaks, tabs and colours stay. Pure.
final class Printable {
    private static final char ESCAPE = '\u001b';

    private Printable() {}

    static String of(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isRisky(text.charAt(i))) {
                return escaped(text, i);
            }
        }
        return text;
    }

    private static String escaped(String text, int first) {
        var out = new StringBuilder(text.length() + 16).append(text, 0, first);
        for (int i = first; i < text.length(); i++) {
            char c = text.charAt(i);
            int end = c == ESCAPE ? endOfColour(text, i) : i;
            if (end > i) {
                out.append(text, i, end);
                i = end - 1;
            } else if (isRisky(c)) {
                out.append("\\u").append(hex(c));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    /// Where `ESC [ 1 ; 3 1 m` ends; the start if something else begins there.
    private static int endOfColour(String text, int start) {
        if (start + 1 >= text.length() || text.charAt(start + 1) != '[') {
            return start;
        }
        int at = start + 2;
        while (at < text.length() && (Character.digit(text.charAt(at), 10) >= 0 || text.charAt(at) == ';')) {
            at++;
        }
        return at < text.length() && text.charAt(at) == 'm' ? at + 1 : start;
    }

    /// Control characters, and those that change the direction of writing.
    private static boolean isRisky(char c) {
        return (c < ' ' && c != '\n' && c != '\t')
                || (c >= 0x7f && c < 0xa0)
                || (c >= 0x202a && c <= 0x202e)
                || (c >= 0x2066 && c <= 0x2069);
    }

    private static String hex(char c) {
        return Integer.toHexString(0x10000 + c).substring(1);
    }
}
