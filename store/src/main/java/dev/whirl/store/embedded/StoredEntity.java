package dev.whirl.store.embedded;

import dev.whirl.model.json.EntityDocuments;
import dev.whirl.model.json.RawJson;
import dev.whirl.store.Entities.Stored;
import dev.whirl.store.Revision;
import dev.whirl.store.StoreException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// The value of an entity's row: its revision, a line feed, its document. So a revision is read without the
/// document.
///
/// A revision is a number that counts the writes, and something random: one of an entity that was deleted and
/// created again never looks like an old one.
final class StoredEntity {
    private StoredEntity() {}

    static Revision next(@Nullable Revision previous) {
        long count = previous == null ? 1 : count(previous) + 1;
        return new Revision(count + "-"
                + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()));
    }

    static byte[] format(Revision revision, RawJson document) {
        var out = new ByteArrayOutputStream(document.sizeBytes() + 40);
        out.writeBytes(revision.value().getBytes(StandardCharsets.UTF_8));
        out.write('\n');
        out.writeBytes(document.toBytes());
        return out.toByteArray();
    }

    /// @throws StoreException if it is damaged
    static Stored parse(String id, byte[] value) {
        byte[] document = Arrays.copyOfRange(value, end(value) + 1, value.length);
        return new Stored(Documents.read(id, document, EntityDocuments::read), revision(value));
    }

    static Revision revision(byte[] value) {
        return new Revision(new String(value, 0, end(value), StandardCharsets.UTF_8));
    }

    private static int end(byte[] value) {
        for (int i = 0; i < value.length; i++) {
            if (value[i] == '\n') {
                return i;
            }
        }
        throw new StoreException("A stored entity has no revision.");
    }

    private static long count(Revision revision) {
        String digits = revision.value().split("-", 2)[0];
        return digits.matches("\\d{1,18}") ? Long.parseLong(digits) : 0;
    }
}
