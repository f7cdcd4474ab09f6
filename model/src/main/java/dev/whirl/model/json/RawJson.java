package dev.whirl.model.json;

import static dev.whirl.common.Preconditions.require;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// One JSON value as text: checked once when it came in, then passed on without being parsed again. Immutable.
///
/// Equality is that of the text, so `1.0` and `1` differ.
public final class RawJson {
    /// What sort of value it is.
    public enum Kind {
        OBJECT,
        ARRAY,
        STRING,
        NUMBER,
        BOOLEAN,
        NULL
    }

    public static final RawJson NULL = literal("null");
    public static final RawJson TRUE = literal("true");
    public static final RawJson FALSE = literal("false");
    public static final RawJson EMPTY_OBJECT = literal("{}");
    public static final RawJson EMPTY_ARRAY = literal("[]");

    private final byte[] utf8;
    private final int from;
    private final int to;

    /// Trusted: the bytes are valid JSON without leading or trailing space, and nobody changes them.
    RawJson(byte[] utf8) {
        this(utf8, 0, utf8.length);
    }

    private RawJson(byte[] utf8, int from, int to) {
        this.utf8 = utf8;
        this.from = from;
        this.to = to;
    }

    /// Trusted, as the constructor: one value inside of a larger text. Most of a text is a view of it, so that
    /// 48 MB of code are not copied at each level; a small piece is a copy, so that it does not keep the whole
    /// alive.
    static RawJson slice(byte[] utf8, int from, int to) {
        return 2L * (to - from) >= utf8.length
                ? new RawJson(utf8, from, to)
                : new RawJson(Arrays.copyOfRange(utf8, from, to));
    }

    /// Checks that the bytes are exactly one JSON value in UTF-8.
    ///
    /// @throws MalformedJsonException with the reason and the place, in words for the user
    public static RawJson parse(byte[] utf8) throws MalformedJsonException {
        return JsonScanner.trimmed(utf8);
    }

    /// As [#parse(byte[])].
    public static RawJson parse(String text) throws MalformedJsonException {
        return parse(text.getBytes(StandardCharsets.UTF_8));
    }

    public static RawJson string(String text) {
        return new JsonWriter().string(text).toRawJson();
    }

    /// A string of this text in UTF-8, copied once: for large texts.
    ///
    /// @throws MalformedJsonException if it is no UTF-8
    public static RawJson ofText(byte[] utf8) throws MalformedJsonException {
        Utf8.requireValid(utf8);
        return new RawJson(JsonStrings.quote(utf8));
    }

    public static RawJson number(long number) {
        return literal(Long.toString(number));
    }

    public static RawJson bool(boolean value) {
        return value ? TRUE : FALSE;
    }

    /// An object of one field.
    public static RawJson object(String key, RawJson value) {
        return new JsonWriter().startObject().field(key, value).endObject().toRawJson();
    }

    /// An object of these fields, in their order.
    public static RawJson object(SequencedMap<String, RawJson> fields) {
        var writer = new JsonWriter().startObject();
        fields.forEach(writer::field);
        return writer.endObject().toRawJson();
    }

    public static RawJson array(List<RawJson> elements) {
        var writer = new JsonWriter().startArray();
        elements.forEach(writer::value);
        return writer.endArray().toRawJson();
    }

    public Kind kind() {
        return switch (utf8[from]) {
            case '{' -> Kind.OBJECT;
            case '[' -> Kind.ARRAY;
            case '"' -> Kind.STRING;
            case 't', 'f' -> Kind.BOOLEAN;
            case 'n' -> Kind.NULL;
            default -> Kind.NUMBER;
        };
    }

    public boolean isObject() {
        return kind() == Kind.OBJECT;
    }

    /// Length of the text in bytes, as it stands.
    public int sizeBytes() {
        return to - from;
    }

    /// The fields of an object in their order; of equal names the last counts. Empty for anything else.
    public SequencedMap<String, RawJson> fields() {
        return isObject() ? JsonScanner.fields(utf8, from, to) : new LinkedHashMap<>();
    }

    /// One field of an object; empty if it is not there or this is no object. Costs a scan.
    public Optional<RawJson> field(String name) {
        return Optional.ofNullable(fields().get(name));
    }

    /// Whether this is an object that has a field of this name at its top level. Costs a scan without allocation.
    public boolean hasField(String name) {
        return isObject() && JsonScanner.hasField(utf8, from, to, name);
    }

    /// The elements of an array; empty for anything else.
    public List<RawJson> elements() {
        return kind() == Kind.ARRAY ? JsonScanner.elements(utf8, from, to) : List.of();
    }

    /// The text of a string, without quotes and escapes; empty for anything else.
    public Optional<String> asText() {
        return kind() == Kind.STRING ? Optional.of(JsonScanner.text(utf8, from, to)) : Optional.empty();
    }

    /// The text of a string in UTF-8, without quotes and escapes; empty for anything else. For large texts: at most
    /// one copy is made.
    public Optional<byte[]> asUtf8() {
        return kind() == Kind.STRING ? Optional.of(JsonStrings.unescape(utf8, from + 1, to - 1)) : Optional.empty();
    }

    /// A whole number that fits in a long; empty for anything else (`1.0` is not written as a whole number).
    public Optional<Long> asWholeNumber() {
        try {
            return kind() == Kind.NUMBER ? Optional.of(Long.parseLong(toString())) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    public Optional<Boolean> asBoolean() {
        return kind() == Kind.BOOLEAN ? Optional.of(utf8[from] == 't') : Optional.empty();
    }

    /// The same value without space between its parts: on one line.
    public RawJson compact() {
        byte[] dense = JsonScanner.compact(utf8, from, to);
        return dense.length == to - from ? this : new RawJson(dense);
    }

    public void writeTo(OutputStream out) throws IOException {
        out.write(utf8, from, to - from);
    }

    /// Puts a part of the text into a stream.
    ///
    /// @param first how many bytes to leave out
    public void writeTo(OutputStream out, int first) throws IOException {
        out.write(utf8, from + first, to - from - first);
    }

    /// Whether the text begins so.
    public boolean startsWith(String beginning) {
        byte[] wanted = beginning.getBytes(StandardCharsets.UTF_8);
        int end = Math.min(to, from + wanted.length);
        return Arrays.equals(utf8, from, end, wanted, 0, wanted.length);
    }

    /// A copy of the text.
    public byte[] toBytes() {
        return Arrays.copyOfRange(utf8, from, to);
    }

    /// Puts the text into an array from a place on.
    void copyTo(byte[] target, int at) {
        System.arraycopy(utf8, from, target, at, to - from);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RawJson that && Arrays.equals(utf8, from, to, that.utf8, that.from, that.to);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + utf8[i];
        }
        return hash;
    }

    /// The JSON text.
    @Override
    public String toString() {
        return new String(utf8, from, to - from, StandardCharsets.UTF_8);
    }

    private static RawJson literal(String text) {
        require(!text.isEmpty(), "empty JSON");
        return new RawJson(text.getBytes(StandardCharsets.UTF_8));
    }
}
