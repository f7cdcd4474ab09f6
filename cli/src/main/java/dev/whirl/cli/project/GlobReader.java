package dev.whirl.cli.project;

import dev.whirl.cli.project.Glob.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/// Reads a pattern of places. For one thread, and once.
final class GlobReader {
    private final String pattern;
    private final int[] characters;
    private int next;

    /// Characters that follow each other.
    private record Span(int first, int last) {
        boolean holds(int character) {
            return first <= character && character <= last;
        }
    }

    GlobReader(String pattern) {
        this.pattern = pattern;
        this.characters = pattern.codePoints().toArray();
    }

    /// @throws PatternSyntaxException if it is none
    List<Part> read() {
        var parts = new ArrayList<Part>();
        while (!isAtEnd()) {
            parts.add(take('{') ? either() : part());
        }
        return List.copyOf(parts);
    }

    private Part part() {
        int character = characters[next++];
        return switch (character) {
            case '*' -> new Part.Many(take('*'));
            case '?' -> new Part.One(other -> other != '/');
            case '[' -> oneOf();
            case '\\' -> itself(escaped());
            default -> itself(character);
        };
    }

    private static Part itself(int character) {
        return new Part.One(other -> other == character);
    }

    private int escaped() {
        if (isAtEnd()) {
            throw error("nothing follows the backslash");
        }
        return characters[next++];
    }

    private Part either() {
        var choices = new ArrayList<List<Part>>();
        do {
            choices.add(choice());
        } while (take(','));
        if (!take('}')) {
            throw error("a '}' is missing");
        }
        return new Part.Either(List.copyOf(choices));
    }

    private List<Part> choice() {
        var parts = new ArrayList<Part>();
        while (!isAtEnd() && characters[next] != ',' && characters[next] != '}') {
            if (characters[next] == '{') {
                throw error("there is a '{' within another one");
            }
            parts.add(part());
        }
        return List.copyOf(parts);
    }

    private Part oneOf() {
        boolean isOfOthers = take('!');
        var spans = new ArrayList<Span>();
        while (!take(']')) {
            spans.add(span());
        }
        if (spans.isEmpty()) {
            throw error("no character is between '[' and ']'");
        }
        return new Part.One(
                character -> character != '/' && isOfOthers != spans.stream().anyMatch(each -> each.holds(character)));
    }

    private Span span() {
        int first = ofSpan();
        boolean isLong = next + 1 < characters.length && characters[next] == '-' && characters[next + 1] != ']';
        if (!isLong) {
            return new Span(first, first);
        }
        next++;
        int last = ofSpan();
        if (last < first) {
            throw error("a range ends before it begins");
        }
        return new Span(first, last);
    }

    private int ofSpan() {
        if (isAtEnd()) {
            throw error("a ']' is missing");
        }
        if (characters[next] == '/') {
            throw error("a slash is between '[' and ']'");
        }
        return characters[next++];
    }

    private boolean isAtEnd() {
        return next == characters.length;
    }

    private boolean take(char wanted) {
        boolean isThere = !isAtEnd() && characters[next] == wanted;
        next += isThere ? 1 : 0;
        return isThere;
    }

    private PatternSyntaxException error(String reason) {
        return new PatternSyntaxException(reason, pattern, -1);
    }
}
