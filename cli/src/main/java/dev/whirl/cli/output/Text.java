package dev.whirl.cli.output;

import java.util.function.UnaryOperator;

/// Fits text into columns. Its own code because the JDK's formatter takes a noticeable part of a command's start.
public final class Text {
    private Text() {}

    /// Fills up with spaces on the right; longer text stays as it is.
    public static String padded(String text, int width) {
        return text.length() >= width ? text : text + " ".repeat(width - text.length());
    }

    /// The same of text in a colour, which takes no room.
    static String padded(String text, int width, UnaryOperator<String> colour) {
        String coloured = colour.apply(text);
        return padded(coloured, width + coloured.length() - text.length());
    }

    /// Fills up with spaces on the left; longer text stays as it is.
    public static String indented(String text, int width) {
        return text.length() >= width ? text : " ".repeat(width - text.length()) + text;
    }

    /// Cuts the middle out of text that is too long and puts dots there.
    public static String shortened(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        int head = max - max / 2;
        int tail = max / 2 - 3;
        return text.substring(0, head) + "..." + text.substring(text.length() - tail);
    }
}
