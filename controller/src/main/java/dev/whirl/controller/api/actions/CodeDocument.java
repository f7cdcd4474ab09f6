package dev.whirl.controller.api.actions;

import dev.whirl.controller.api.http.Answer;
import dev.whirl.model.json.JsonEscapes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/// An action's JSON around its code, which may have 48 MB and is never held twice.
final class CodeDocument {
    private static final int SMALL = 64 * 1024;

    private final byte[] head;
    private final byte[] code;
    private final byte[] tail;

    /// @param head up to where the code's string begins
    /// @param code the bare text in UTF-8
    /// @param tail from the next field on
    CodeDocument(byte[] head, byte[] code, byte[] tail) {
        this.head = head;
        this.code = code;
        this.tail = tail;
    }

    Answer answer() {
        long size = head.length + 2L + JsonEscapes.escapedSize(code) + 1L + tail.length;
        return size <= SMALL
                ? Answer.bytes(200, Answer.JSON, inMemory((int) size))
                : Answer.json(200, size, this::writeTo);
    }

    private byte[] inMemory(int size) {
        var out = new ByteArrayOutputStream(size);
        try {
            writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private void writeTo(OutputStream out) throws IOException {
        out.write(head);
        out.write('"');
        JsonEscapes.write(code, out);
        out.write('"');
        out.write(',');
        out.write(tail);
    }
}
