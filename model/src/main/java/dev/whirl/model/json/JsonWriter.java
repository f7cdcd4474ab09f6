package dev.whirl.model.json;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Writes JSON text piece by piece, with values that are JSON already copied as they are. Not for use by several
/// threads.
///
/// Its own code, not a library's, because every invocation writes three documents around a payload that must not
/// be parsed.
public final class JsonWriter {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int CHUNK = 32 * 1024;

    private final @Nullable OutputStream sink;

    private byte[] buffer;
    private int length;
    private boolean needsComma;

    public JsonWriter() {
        this(512);
    }

    public JsonWriter(int expectedBytes) {
        this(expectedBytes, null);
    }

    private JsonWriter(int expectedBytes, @Nullable OutputStream sink) {
        this.buffer = new byte[Math.max(16, expectedBytes)];
        this.sink = sink;
    }

    /// Goes on in a stream: what is written so far and from now on goes there, in pieces of about 32 KB, so that
    /// a document of any size takes no more memory. [#flush] at the end. A broken stream is an
    /// [UncheckedIOException].
    public JsonWriter to(OutputStream stream) {
        var next = new JsonWriter(CHUNK, stream);
        next.append(Arrays.copyOf(buffer, length));
        next.needsComma = needsComma;
        return next;
    }

    /// Gives the stream what it does not have yet.
    public void flush() {
        OutputStream stream = sink;
        if (stream == null) {
            return;
        }
        try {
            stream.write(buffer, 0, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        length = 0;
    }

    /// How many bytes are held here.
    public int sizeBytes() {
        return length;
    }

    public JsonWriter startObject() {
        return open('{');
    }

    public JsonWriter endObject() {
        return close('}');
    }

    public JsonWriter startArray() {
        return open('[');
    }

    public JsonWriter endArray() {
        return close(']');
    }

    /// Begins a field; a value must follow.
    public JsonWriter name(String name) {
        separate();
        quoted(name);
        append((byte) ':');
        needsComma = false;
        return this;
    }

    public JsonWriter field(String name, String text) {
        return name(name).string(text);
    }

    public JsonWriter field(String name, long number) {
        return name(name).number(number);
    }

    public JsonWriter field(String name, boolean value) {
        return name(name).value(RawJson.bool(value));
    }

    public JsonWriter field(String name, RawJson value) {
        return name(name).value(value);
    }

    public JsonWriter value(RawJson json) {
        separate();
        if (sink != null && json.sizeBytes() > CHUNK) {
            flush();
            pass(json, sink);
            needsComma = true;
            return this;
        }
        ensure(json.sizeBytes());
        json.copyTo(buffer, length);
        length += json.sizeBytes();
        needsComma = true;
        return this;
    }

    public JsonWriter string(String text) {
        separate();
        quoted(text);
        needsComma = true;
        return this;
    }

    public JsonWriter number(long number) {
        separate();
        append(Long.toString(number).getBytes(StandardCharsets.US_ASCII));
        needsComma = true;
        return this;
    }

    /// The document written so far. What is written later does not change it.
    public RawJson toRawJson() {
        return RawJson.slice(buffer, 0, length);
    }

    public byte[] toBytes() {
        return Arrays.copyOf(buffer, length);
    }

    /// Adds the document written so far to a stream.
    public void writeTo(ByteArrayOutputStream out) {
        out.write(buffer, 0, length);
    }

    private JsonWriter open(char bracket) {
        separate();
        append((byte) bracket);
        needsComma = false;
        return this;
    }

    private JsonWriter close(char bracket) {
        append((byte) bracket);
        needsComma = true;
        return this;
    }

    private void separate() {
        if (needsComma) {
            append((byte) ',');
        }
    }

    private void quoted(String text) {
        append((byte) '"');
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        int copied = 0;
        for (int i = 0; i < utf8.length; i++) {
            byte b = utf8[i];
            if ((b >= 0 && b < ' ') || b == '"' || b == '\\') {
                append(utf8, copied, i);
                escaped(b);
                copied = i + 1;
            }
        }
        append(utf8, copied, utf8.length);
        append((byte) '"');
    }

    private void escaped(byte b) {
        append((byte) '\\');
        switch (b) {
            case '"', '\\' -> append(b);
            case '\n' -> append((byte) 'n');
            case '\r' -> append((byte) 'r');
            case '\t' -> append((byte) 't');
            default -> {
                append("u00".getBytes(StandardCharsets.US_ASCII));
                append(HEX[b >> 4]);
                append(HEX[b & 15]);
            }
        }
    }

    private void append(byte b) {
        ensure(1);
        buffer[length++] = b;
    }

    private void append(byte[] bytes) {
        append(bytes, 0, bytes.length);
    }

    /// In pieces, so that a long text on its way to a stream is not held here as a whole.
    private void append(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at += CHUNK) {
            int piece = Math.min(CHUNK, to - at);
            ensure(piece);
            System.arraycopy(bytes, at, buffer, length, piece);
            length += piece;
        }
    }

    private static void pass(RawJson json, OutputStream stream) {
        try {
            json.writeTo(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void ensure(int more) {
        if (sink != null && length + more > CHUNK) {
            flush();
        }
        if (length + more > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
        }
    }
}
