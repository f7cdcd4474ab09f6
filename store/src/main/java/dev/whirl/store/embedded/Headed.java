package dev.whirl.store.embedded;

import dev.whirl.model.json.RawJson;
import dev.whirl.store.Revision;
import dev.whirl.store.StoreException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// A stored value of two parts: one line about a document, then the document. What is in the line is known without
/// reading the document, and though the document may not be readable. The first word of the line is the revision.
final class Headed {
    private Headed() {}

    static byte[] format(String line, RawJson document) {
        return format(line, document.toBytes());
    }

    static byte[] format(String line, byte[] document) {
        var out = new ByteArrayOutputStream(document.length + 128);
        out.writeBytes(line.getBytes(StandardCharsets.UTF_8));
        out.write('\n');
        out.writeBytes(document);
        return out.toByteArray();
    }

    /// @param name of the document, for the message
    /// @throws StoreException.Corrupted if there is none
    static String line(String name, byte[] value) {
        return new String(value, 0, end(name, value), StandardCharsets.UTF_8);
    }

    static Revision revision(String name, byte[] value) {
        return new Revision(line(name, value).split(" ", 2)[0]);
    }

    static byte[] document(String name, byte[] value) {
        return Arrays.copyOfRange(value, end(name, value) + 1, value.length);
    }

    /// A number that counts the writes, and something random: a revision of a document that was deleted and created
    /// again never looks like an old one.
    static Revision next(@Nullable Revision previous) {
        long count = previous == null ? 1 : previous.count() + 1;
        return new Revision(count + "-"
                + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()));
    }

    private static int end(String name, byte[] value) {
        for (int i = 0; i < value.length; i++) {
            if (value[i] == '\n') {
                return i;
            }
        }
        throw new StoreException.Corrupted(name, "The stored document of %s has no revision.".formatted(name), null);
    }
}
