package dev.whirl.cli.output;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// A sequence that sets colours, `ESC [ 1 ; 3 1 m`, as text of others may hold it (ECMA-48, SGR). Nobody knows the
/// background of a terminal: only such colours of letters are seen that stand out from black and from white.
///
/// @param hides whether it makes text invisible by itself, or is none that terminals know
/// @param seen its parameters as numbers, without those that set the background, or letters nearly black or white
/// @param isReset whether it ends all colours
record ColourSequence(boolean hides, List<String> seen, boolean isReset) {
    private static final int CONCEAL = 8;
    private static final int LETTERS = 38;
    private static final int BACKGROUND = 48;
    private static final int UNDERLINE = 58;
    private static final int OF_PALETTE = 5;
    private static final int OF_PARTS = 2;
    private static final int MAX_NUMBER = 255;

    /// Between these a colour differs from black, and from white, as WCAG 2 measures it.
    private static final double MIN_LUMINANCE = 0.025;

    private static final double MAX_LUMINANCE = 0.9;

    ColourSequence {
        seen = List.copyOf(seen);
    }

    /// Where a sequence ends; its start if something else begins there.
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

    /// @param parameters digits and semicolons
    static ColourSequence parse(String parameters) {
        List<Integer> numbers = Arrays.stream(parameters.split(";", -1))
                .map(ColourSequence::number)
                .toList();
        var seen = new ArrayList<String>();
        boolean isReset = true;
        int at = 0;
        while (at < numbers.size()) {
            int length = length(numbers, at);
            if (length == 0) {
                return new ColourSequence(true, List.of(), false);
            }
            List<Integer> attribute = numbers.subList(at, at + length);
            isReset &= attribute.getFirst() == 0;
            if (isSeen(attribute)) {
                seen.add(attribute.stream().map(String::valueOf).collect(Collectors.joining(";")));
            }
            at += length;
        }
        return new ColourSequence(false, seen, isReset);
    }

    /// How many parameters belong together: 38, 48 and 58 are followed by a colour. 0 for what hides text, and
    /// for colours that are none: terminals differ in how much of these they pass over, and take the rest as
    /// attributes.
    private static int length(List<Integer> numbers, int at) {
        int number = numbers.get(at);
        boolean isColour = number == LETTERS || number == BACKGROUND || number == UNDERLINE;
        if (!isColour) {
            return number == CONCEAL || number > MAX_NUMBER ? 0 : 1;
        }
        int length = switch (at + 1 < numbers.size() ? numbers.get(at + 1) : 0) {
            case OF_PALETTE -> 3;
            case OF_PARTS -> 5;
            default -> 0;
        };
        boolean isWhole = at + length <= numbers.size()
                && numbers.subList(at, at + length).stream().allMatch(each -> each <= MAX_NUMBER);
        return isWhole ? length : 0;
    }

    private static boolean isSeen(List<Integer> attribute) {
        int number = attribute.getFirst();
        if (number == LETTERS) {
            return standsOut(
                    attribute.get(1) == OF_PALETTE
                            ? ofPalette(attribute.get(2))
                            : rgb(attribute.get(2), attribute.get(3), attribute.get(4)));
        }
        boolean isShape = number <= 4 || number == 9 || (number >= 21 && number <= 29 && number != 26);
        boolean isNamed = (number >= 31 && number <= 36) || (number >= 90 && number <= 96);
        return isShape || isNamed || number == 39 || number == 49;
    }

    /// The colours that terminals with 256 of them have: sixteen that have names, a cube, and greys.
    private static int ofPalette(int number) {
        if (number < 16) {
            boolean isBlackOrWhite = number == 0 || number == 7 || number == 15;
            return isBlackOrWhite ? 0 : 0x808080; // its user has chosen how the others look
        }
        if (number >= 232) {
            int grey = 8 + 10 * (number - 232);
            return rgb(grey, grey, grey);
        }
        int place = number - 16;
        return rgb(ofCube(place / 36), ofCube((place / 6) % 6), ofCube(place % 6));
    }

    private static int ofCube(int step) {
        return step == 0 ? 0 : 55 + 40 * step;
    }

    private static int rgb(int red, int green, int blue) {
        return (red << 16) + (green << 8) + blue;
    }

    private static boolean standsOut(int rgb) {
        int red = rgb >> 16;
        int green = (rgb >> 8) & 255;
        int blue = rgb & 255;
        double luminance = 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
        return luminance >= MIN_LUMINANCE && luminance <= MAX_LUMINANCE;
    }

    /// About the curve of sRGB.
    private static double linear(int part) {
        return Math.pow(part / 255.0, 2.2);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /// Too many digits are a number that no terminal knows.
    private static int number(String digits) {
        try {
            return digits.isEmpty() ? 0 : Integer.parseInt(digits);
        } catch (NumberFormatException _) {
            return Integer.MAX_VALUE;
        }
    }
}
