package dev.whirl.cli.output;

import dev.whirl.model.json.RawJson;

/// Lays out JSON over lines, four spaces a level, empty objects and arrays on one line. The order of fields is the
/// server's.
public final class JsonIndent {
    private static final String STEP = "    ";

    private final String json;
    private final StringBuilder out;
    private int depth;

    private JsonIndent(String compact) {
        json = compact;
        out = new StringBuilder(compact.length() * 2);
    }

    public static String indented(RawJson value) {
        return new JsonIndent(value.compact().toString()).layout();
    }

    private String layout() {
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            switch (c) {
                case '"' -> i = copyString(i);
                case '{', '[' -> i = open(i);
                case '}', ']' -> {
                    depth--;
                    breakLine().append(c);
                }
                case ',' -> {
                    out.append(c);
                    breakLine();
                }
                case ':' -> out.append(": ");
                default -> out.append(c);
            }
        }
        return out.toString();
    }

    /// Copies a string and returns the place of its closing quote.
    private int copyString(int start) {
        int end = start + 1;
        while (json.charAt(end) != '"') {
            end += json.charAt(end) == '\\' ? 2 : 1;
        }
        out.append(json, start, end + 1);
        return end;
    }

    private int open(int at) {
        char next = json.charAt(at + 1);
        out.append(json.charAt(at));
        if (next == '}' || next == ']') {
            out.append(next);
            return at + 1;
        }
        depth++;
        breakLine();
        return at;
    }

    private StringBuilder breakLine() {
        return out.append('\n').repeat(STEP, depth);
    }
}
