package dev.whirl.cli.output;

/// Makes text of others harmless for a terminal: what would move the cursor, hide or reorder text, or talk to the
/// terminal is written as `\\u001b`, as in JSON. Tabs and such colours stay as can be seen on any background, and
/// colours end where the text ends. Pure.
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
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            if (isRisky(text, i, mayBreak)) {
                return new Printable(text).escaped(mayBreak);
            }
        }
        return text;
    }

    private String escaped(boolean mayBreak) {
        int i = 0;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            int end = c == ESCAPE ? ColourSequence.end(text, i) : i;
            if (end > i) {
                copyColour(i, end);
                i = end;
            } else {
                copy(i, mayBreak);
                i += Character.charCount(c);
            }
        }
        if (isColoured) {
            boolean hasBreak = text.endsWith("\n");
            out.insert(hasBreak ? out.length() - 1 : out.length(), RESET);
        }
        return out.toString();
    }

    private void copy(int at, boolean mayBreak) {
        int c = text.codePointAt(at);
        if (isRisky(text, at, mayBreak)) {
            for (char each : Character.toChars(c)) {
                out.append("\\u").append(hex(each));
            }
        } else {
            out.appendCodePoint(c);
        }
    }

    /// What hides text is shown instead; colours that may not be seen are left out, which hides nothing.
    private void copyColour(int start, int end) {
        ColourSequence colour = ColourSequence.parse(text.substring(start + 2, end - 1));
        if (colour.hides()) {
            out.append("\\u").append(hex(ESCAPE)).append(text, start + 1, end);
            return;
        }
        if (!colour.seen().isEmpty()) {
            isColoured = !colour.isReset();
            out.append(ESCAPE)
                    .append('[')
                    .append(String.join(";", colour.seen()))
                    .append('m');
        }
    }

    /// Control characters, and all that take no room where they change nothing that can be seen.
    private static boolean isRisky(String text, int at, boolean mayBreak) {
        int c = text.codePointAt(at);
        if (c >= ' ' && c < 0x7f) {
            return false;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL -> c != '\t' && !(c == '\n' && mayBreak);
            case Character.FORMAT -> !isSign(c) && !Joiner.isOfUse(text, at);
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE -> true;
            default -> isBlank(c);
        };
    }

    /// Those that count as format characters because they enclose what follows them, and are seen: signs of numbers,
    /// years and verses in Arabic, Syriac and Kaithi (`Prepended_Concatenation_Mark` of Unicode).
    private static boolean isSign(int c) {
        return switch (c) {
            case 0x06dd, 0x070f, 0x0890, 0x0891, 0x08e2, 0x110bd, 0x110cd -> true;
            default -> c >= 0x0600 && c <= 0x0605;
        };
    }

    /// Those that Unicode lets programs show as nothing, though they count as letters or marks. The sixteen that
    /// only choose how the character before them looks, as of emoji, are none. The 240 more of that sort, from
    /// U+E0100 on, which choose shapes of Chinese characters, are: whole texts can be hidden in them.
    static boolean isBlank(int c) {
        return switch (c) {
            case 0x034f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x3164, 0xffa0 -> true;
            default -> c >= 0xe0000 && c <= 0xe0fff;
        };
    }

    private static String hex(char c) {
        return Integer.toHexString(0x10000 + c).substring(1);
    }
}
