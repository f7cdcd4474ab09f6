package dev.whirl.store.embedded;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Builds the key of a row part by part, so that the order of keys is the order of their parts. Texts end
/// with a zero byte, which no name contains.
final class Key {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);

    private Key() {}

    /// @param tag which sort of row of its table
    static Key of(char tag) {
        var key = new Key();
        key.bytes.write(tag);
        return key;
    }

    /// A key that begins with another one.
    static Key from(byte[] prefix) {
        return new Key().raw(prefix);
    }

    Key text(String text) {
        last(text);
        bytes.write(0);
        return this;
    }

    /// A text at the end of a key, without its zero byte.
    Key last(String text) {
        bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /// A number that is not negative, in ascending order.
    Key ascending(long number) {
        bytes.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(clamp(number)).array());
        return this;
    }

    /// A number that is not negative, the largest first.
    Key descending(long number) {
        return ascending(Long.MAX_VALUE - clamp(number));
    }

    Key raw(byte[] part) {
        bytes.writeBytes(part);
        return this;
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }

    /// All keys that begin with this one.
    KeyRange range() {
        return new KeyRange(toBytes(), next(toBytes()));
    }

    /// The first key after all those that begin with this prefix.
    static byte[] next(byte[] prefix) {
        byte[] next = prefix.clone();
        for (int i = next.length - 1; i >= 0; i--) {
            next[i]++;
            if (next[i] != 0) {
                return next;
            }
        }
        throw new IllegalStateException("no key comes after this prefix");
    }

    private static long clamp(long number) {
        return Math.max(0, number);
    }
}
