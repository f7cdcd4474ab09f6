package dev.whirl.model.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/// Walks over JSON bytes with Jackson's streaming parser and cuts pieces out of them by their offsets.
final class JsonScanner {
    /// Deeper nesting is refused: runtimes parse recursively (attack 26).
    static final int MAX_DEPTH = 500;

    /// What came from users is stored and sent inside documents of ours, a few levels deeper.
    private static final int OWN_DEPTH = MAX_DEPTH + 20;

    /// Characters of a number; longer ones are refused (attack 26).
    private static final int MAX_NUMBER = 1_000;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(OWN_DEPTH)
                    .maxNumberLength(MAX_NUMBER)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private static final String END_OF_INPUT = "Unexpected end-of-input";

    private JsonScanner() {}

    /// The one value in there, without space around it.
    static RawJson trimmed(byte[] utf8) throws MalformedJsonException {
        rejectOtherEncodings(utf8);
        Utf8.requireValid(utf8);
        try (JsonParser parser = parser(utf8, 0, utf8.length)) {
            if (parser.nextToken() == null) {
                throw new MalformedJsonException("Unexpected end-of-input: no JSON value was found");
            }
            int start = tokenStart(parser);
            skipValue(parser);
            int end = (int) parser.currentLocation().getByteOffset();
            if (parser.nextToken() != null) {
                throw new MalformedJsonException("Unexpected content after the JSON value, at byte " + end);
            }
            return stripped(utf8, start, end);
        } catch (JacksonException e) {
            throw new MalformedJsonException(describe(e));
        }
    }

    static SequencedMap<String, RawJson> fields(byte[] utf8, int from, int to) {
        try (JsonParser parser = parser(utf8, from, to)) {
            var fields = new LinkedHashMap<String, RawJson>();
            parser.nextToken();
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                parser.nextToken();
                fields.put(name, slice(parser, utf8, from));
            }
            return fields;
        }
    }

    static boolean hasField(byte[] utf8, int from, int to, String wanted) {
        try (JsonParser parser = parser(utf8, from, to)) {
            parser.nextToken();
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                if (name.equals(wanted)) {
                    return true;
                }
                parser.nextToken();
                parser.skipChildren();
            }
            return false;
        }
    }

    static List<RawJson> elements(byte[] utf8, int from, int to) {
        try (JsonParser parser = parser(utf8, from, to)) {
            var elements = new ArrayList<RawJson>();
            parser.nextToken();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                elements.add(slice(parser, utf8, from));
            }
            return elements;
        }
    }

    /// A text without escapes is what stands between its quotes.
    static String text(byte[] utf8, int from, int to) {
        if (!hasEscape(utf8, from, to)) {
            return new String(utf8, from + 1, to - from - 2, StandardCharsets.UTF_8);
        }
        try (JsonParser parser = parser(utf8, from, to)) {
            parser.nextToken();
            return parser.getString();
        }
    }

    /// Drops the white space outside of strings. The input is valid JSON.
    static byte[] compact(byte[] utf8, int from, int to) {
        byte[] out = new byte[to - from];
        int length = 0;
        boolean inString = false;
        for (int i = from; i < to; i++) {
            byte b = utf8[i];
            if (inString && b == '\\') {
                out[length++] = b;
                i++;
                out[length++] = utf8[i];
                continue;
            }
            if (b == '"') {
                inString = !inString;
            }
            if (inString || !isSpace(b)) {
                out[length++] = b;
            }
        }
        return length == out.length ? out : Arrays.copyOf(out, length);
    }

    private static boolean hasEscape(byte[] utf8, int from, int to) {
        for (int i = from; i < to; i++) {
            if (utf8[i] == '\\') {
                return true;
            }
        }
        return false;
    }

    private static JsonParser parser(byte[] utf8, int from, int to) {
        return FACTORY.createParser(ObjectReadContext.empty(), utf8, from, to - from);
    }

    /// The parser counts from the beginning of its part of the array.
    private static RawJson slice(JsonParser parser, byte[] utf8, int from) {
        int start = from + tokenStart(parser);
        if (utf8[start] == '"') { // found here, since the parser would decode it: a string may hold 48 MB of code
            return RawJson.slice(utf8, start, afterString(utf8, start));
        }
        skipValue(parser);
        int end = from + (int) parser.currentLocation().getByteOffset();
        return stripped(utf8, start, end);
    }

    private static int tokenStart(JsonParser parser) {
        return (int) parser.currentTokenLocation().getByteOffset();
    }

    private static int afterString(byte[] utf8, int start) {
        int at = start + 1;
        while (utf8[at] != '"') {
            at += utf8[at] == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    /// Moves to the last token of the current value, and makes the parser read a scalar to its end.
    private static void skipValue(JsonParser parser) {
        parser.skipChildren();
        parser.finishToken();
    }

    /// A number ends where the next byte is known, so its end can lie one or more spaces too far.
    private static RawJson stripped(byte[] utf8, int start, int end) {
        int last = end;
        while (last > start && (isSpace(utf8[last - 1]) || utf8[last - 1] == ',')) {
            last--;
        }
        return RawJson.slice(utf8, start, last);
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    /// Jackson would recognise UTF-16 and UTF-32 by their zero bytes and by byte order marks; offsets would then
    /// be wrong.
    private static void rejectOtherEncodings(byte[] utf8) throws MalformedJsonException {
        for (int i = 0; i < Math.min(4, utf8.length); i++) {
            if (utf8[i] == 0 || (i == 0 && utf8[i] < -16)) {
                throw new MalformedJsonException("The content is not JSON in UTF-8 without a byte order mark");
            }
            if (i == 0 && utf8[i] == (byte) 0xEF) {
                throw new MalformedJsonException("The content is not JSON in UTF-8 without a byte order mark");
            }
        }
    }

    /// The parser's own words tell of its insides and quote what was sent. Where it stopped says enough.
    private static String describe(JacksonException e) {
        var location = e.getLocation();
        String place = location == null || location.getByteOffset() < 0
                ? ""
                : ", at byte %d (line %d, column %d)"
                        .formatted(location.getByteOffset(), location.getLineNr(), location.getColumnNr());
        if (e instanceof StreamConstraintsException) {
            return "Nested deeper than %d levels, or a number of more than %d characters%s"
                    .formatted(MAX_DEPTH, MAX_NUMBER, place);
        }
        boolean isAtEnd = String.valueOf(e.getOriginalMessage()).startsWith(END_OF_INPUT);
        return (isAtEnd ? END_OF_INPUT : "Unexpected character") + place;
    }
}
