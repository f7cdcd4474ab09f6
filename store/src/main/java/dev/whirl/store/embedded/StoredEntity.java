package dev.whirl.store.embedded;

import dev.whirl.model.entity.Action;
import dev.whirl.model.entity.CodeRef;
import dev.whirl.model.entity.Collection;
import dev.whirl.model.entity.Entity;
import dev.whirl.model.json.EntityDocuments;
import dev.whirl.model.json.RawJson;
import dev.whirl.store.Entities;
import dev.whirl.store.Entities.Stored;
import dev.whirl.store.Revision;
import dev.whirl.store.StoreException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The line above the document of an entity: `revision collection updated public|- code|-`, with the time in
/// milliseconds and the hash of the code. Revision, lists and use of code follow from it alone.
///
/// @param revision of this state
/// @param updatedMillis when it was written, as lists order it
/// @param isPublic whether it is in the list of what others may read
/// @param code the hash of its code
record StoredEntity(
        Revision revision, Collection collection, long updatedMillis, boolean isPublic, Optional<String> code) {
    private static final String NONE = "-";
    private static final String PUBLIC = "public";
    private static final int WORDS = 5;

    static StoredEntity of(Entity entity, Revision revision) {
        Optional<String> code =
                entity instanceof Action action ? action.exec().codeRef().map(CodeRef::sha256) : Optional.empty();
        return new StoredEntity(
                revision,
                entity.collection(),
                Math.max(0, entity.updated().toEpochMilli()),
                Entities.isPublic(entity),
                code);
    }

    byte[] with(RawJson document) {
        return with(document.toBytes());
    }

    byte[] with(byte[] document) {
        String line = String.join(
                " ",
                revision.value(),
                collection.plural(),
                Long.toString(updatedMillis),
                isPublic ? PUBLIC : NONE,
                code.orElse(NONE));
        return Headed.format(line, document);
    }

    /// @throws StoreException.Corrupted if the line is damaged
    static StoredEntity head(String id, byte[] value) {
        String[] words = Headed.line(id, value).split(" ", -1);
        try {
            if (words.length == WORDS) {
                return new StoredEntity(
                        new Revision(words[0]),
                        Collection.valueOf(words[1].toUpperCase(Locale.ROOT)),
                        Long.parseLong(words[2]),
                        words[3].equals(PUBLIC),
                        Optional.of(words[4]).filter(code -> !code.equals(NONE)));
            }
        } catch (IllegalArgumentException e) {
            throw damaged(id, e);
        }
        throw damaged(id, null);
    }

    /// @throws StoreException.Corrupted if it is damaged
    static Stored parse(String id, byte[] value) {
        return new Stored(
                Documents.read(id, Headed.document(id, value), EntityDocuments::read), Headed.revision(id, value));
    }

    private static StoreException damaged(String id, @Nullable Throwable cause) {
        return new StoreException.Corrupted(id, "The stored entity %s is damaged.".formatted(id), cause);
    }
}
