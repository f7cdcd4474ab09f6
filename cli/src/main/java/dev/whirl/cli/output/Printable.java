package dev.whirl.cli.output;

/// Makes text of others harmless for a terminal: what would move the cursor, hide or reorder text, or talk to the
/// terminal is written as `\\u001b`, as in JSON. Tabs and colours stay, and colours end where the text ends. Pure.
final class Printable {
    private static final char ESCAPE = '\u001b';

    private static final String RESET = "\u001b[0m";

    private final String text;
    private final StringBuilder out;
    private boolean isColoured;

    private Printable(String text) {
        this.text = text;
        this.out = new StringBuilder(text.length() + 16);
    }

    /// Text of several lines.
    static String of(String text) {
        return of(text, true);
    }

    /// Text that is to be one line, whatever it holds.
    static String line(String text) {
        return of(text, false);
    }

    private static String of(String text, boolean mayBreak) {
        for (int i = 0; i < text.length(); i++) {
            if (isRisky(text.charAt(i), mayBreak)) {
                return new Printable(text).escaped(mayBreak);
            }
        }
        return text;
    }

    private String escaped(boolean mayBreak) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int end = c == ESCAPE ? Colour.end(text, i) : i;
            if (end > i) {
                copyColour(i, end);
                i = end - 1;
            } else if (isRisky(c, mayBreak)) {
                out.append("\\u").append(hex(c));
            } else {
                out.append(c);
            }
        }
        if (isColoured) {
            boolean hasBreak = text.endsWith("\n");
            out.insert(hasBreak ? out.length() - 1 : out.length(), RESET);
        }
        return out.toString();
    }

    /// What hides text is shown instead.
    private void copyColour(int start, int end) {
        String parameters = text.substring(start + 2, end - 1);
        if (Colour.hides(parameters)) {
            out.append("\\u").append(hex(ESCAPE)).append(text, start + 1, end);
            return;
        }
        isColoured = !Colour.isReset(parameters);
        out.append(text, start, end);
    }

    /// Control characters, and those that change the direction of writing.
    private static boolean isRisky(char c, boolean mayBreak) {
        return (c < ' ' && !(c == '\n' && mayBreak) && c != '\t')
                || (c >= 0x7f && c < 0xa0)
                || (c >= 0x202a && c <= 0x202e)
                || (c >= 0x2066 && c <= 0x2069)
                || c == 0x2028
                || c == 0x2029;
    }

    private static String hex(char c) {
        return Integer.toHexString(0x10000 + c).substring(1);
    }

    /// The sequences that set colours: `ESC [ 1 ; 3 1 m`.
    private static final class Colour {
        private static final int CONCEAL = 8;

        /// Where one ends; its start if something else begins there.
        static int end(String text, int start) {
            if (start + 1 >= text.length() || text.charAt(start + 1) != '[') {
                return start;
            }
            int at = start + 2;
            while (at < text.length() && (isDigit(text.charAt(at)) || text.charAt(at) == ';')) {
                at++;
            }
            return at < text.length() && text.charAt(at) == 'm' ? at + 1 : start;
        }

        static boolean isReset(String parameters) {
            return parameters.chars().allMatch(each -> each == '0' || each == ';');
        }

        /// Whether it makes text invisible. The numbers after 38, 48 and 58 are those of a colour.
        static boolean hides(String parameters) {
            String[] parts = parameters.split(";", -1);
            for (int i = 0; i < parts.length; i++) {
                int number = number(parts[i]);
                if (number == CONCEAL) {
                    return true;
                }
                boolean isColour = number == 38 || number == 48 || number == 58;
                if (isColour && i + 1 < parts.length) {
                    i += number(parts[i + 1]) == 5 ? 2 : 4;
                }
            }
            return false;
        }

        private static boolean isDigit(char c) {
            return c >= '0' && c <= '9';
        }

        /// Far too many digits are no colour that a terminal knows.
        private static int number(String digits) {
            try {
                return digits.isEmpty() ? 0 : Integer.parseInt(digits);
            } catch (NumberFormatException _) {
                return CONCEAL;
            }
        }
    }
}
