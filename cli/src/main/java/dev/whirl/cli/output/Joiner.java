package dev.whirl.cli.output;

/// The two characters that take no room and say whether their neighbours are joined: composed emoji are made with one,
/// words of Persian and of Indic languages are written with both (Unicode 23.2). Elsewhere they are seen by nobody.
/// Pure.
final class Joiner {
    private static final int NON_JOINER = 0x200c;
    private static final int JOINER = 0x200d;

    private Joiner() {}

    /// Whether one stands there, between two visible letters or emoji that it may shape.
    ///
    /// @param at where a character begins
    static boolean isOfUse(String text, int at) {
        char c = text.charAt(at);
        if ((c != JOINER && c != NON_JOINER) || at + 1 == text.length()) {
            return false;
        }
        int base = base(text, at);
        int next = text.codePointAt(at + 1);
        return (isLetter(base) && (isLetter(next) || isVisibleMark(next))) || (isEmoji(base) && isEmoji(next));
    }

    /// What is before it, without the marks upon that; 0 for nothing.
    private static int base(String text, int end) {
        int at = end;
        while (at > 0) {
            int c = text.codePointBefore(at);
            if (!isMark(c) && !Character.isEmojiModifier(c)) {
                return c;
            }
            at -= Character.charCount(c);
        }
        return 0;
    }

    /// Letters of scripts without capitals, of which those are that join letters. Latin, Greek and Cyrillic ones have
    /// no use for it: it would only make two names look the same.
    private static boolean isLetter(int c) {
        int type = Character.getType(c);
        return (type == Character.OTHER_LETTER || type == Character.MODIFIER_LETTER) && !Printable.isBlank(c);
    }

    private static boolean isEmoji(int c) {
        return Character.isExtendedPictographic(c);
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        boolean isMark = type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
        return isMark && !Printable.isBlank(c);
    }

    private static boolean isVisibleMark(int c) {
        boolean isVariation = c >= 0xfe00 && c <= 0xfe0f;
        return isMark(c) && !isVariation;
    }
}
