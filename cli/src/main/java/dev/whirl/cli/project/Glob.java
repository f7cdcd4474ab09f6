package dev.whirl.cli.project;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;

/// A pattern of places, as `glob:` of Java's file systems means it: `*` stands for any characters of a name, `**` for
/// slashes, too, `?` for one character, `[a-z]` for one of some and `[!a-z]` for one of the others,
/// `{js,py}` for one of several; after a backslash a character stands for itself.
///
/// Patterns may be a stranger's. Java's own become regular expressions, which go back and try again: of some patterns
/// that takes exponential time. Here all that the pattern may mean is followed at once, so that it takes as long as
/// pattern and place multiplied.
///
/// @param parts one after the other
record Glob(List<Part> parts) {
    /// A part of a pattern.
    sealed interface Part {
        /// One character.
        record One(Characters meant) implements Part {}

        /// As many as there are.
        ///
        /// @param isAcrossFolders also slashes
        record Many(boolean isAcrossFolders) implements Part {}

        /// One of several patterns.
        record Either(List<List<Part>> choices) implements Part {}
    }

    /// Which characters are meant, as code points.
    @FunctionalInterface
    interface Characters {
        boolean hold(int character);
    }

    /// @throws java.util.regex.PatternSyntaxException if it is none
    static Glob of(String pattern) {
        return new Glob(new GlobReader(pattern).read());
    }

    boolean matches(Path place) {
        String text = place.toString().replace(place.getFileSystem().getSeparator(), "/");
        int[] characters = text.codePoints().toArray();
        var start = new BitSet();
        start.set(0);
        return after(parts, start, characters).get(characters.length);
    }

    /// Where something may end that begins at any of some positions.
    private static BitSet after(List<Part> parts, BitSet start, int[] text) {
        BitSet positions = start;
        for (Part each : parts) {
            if (positions.isEmpty()) {
                return positions;
            }
            positions = after(each, positions, text);
        }
        return positions;
    }

    private static BitSet after(Part part, BitSet start, int[] text) {
        return switch (part) {
            case Part.One(var meant) -> afterOne(meant, start, text);
            case Part.Many(var isAcrossFolders) -> afterMany(isAcrossFolders, start, text);
            case Part.Either(var choices) -> {
                var ends = new BitSet();
                choices.forEach(each -> ends.or(after(each, start, text)));
                yield ends;
            }
        };
    }

    private static BitSet afterOne(Characters meant, BitSet start, int[] text) {
        var ends = new BitSet();
        for (int i = start.nextSetBit(0); i >= 0 && i < text.length; i = start.nextSetBit(i + 1)) {
            if (meant.hold(text[i])) {
                ends.set(i + 1);
            }
        }
        return ends;
    }

    private static BitSet afterMany(boolean isAcrossFolders, BitSet start, int[] text) {
        var ends = new BitSet();
        boolean isReached = false;
        for (int i = 0; i <= text.length; i++) {
            boolean goesOn = isReached && (isAcrossFolders || text[i - 1] != '/');
            isReached = goesOn || start.get(i);
            ends.set(i, isReached);
        }
        return ends;
    }
}
