package dev.whirl.feeds.registry;

import dev.whirl.model.entity.EntityId;
import dev.whirl.model.json.RawJson;
import dev.whirl.store.ConflictException;
import dev.whirl.store.KeyedDocuments;
import dev.whirl.store.KeyedDocuments.Stored;
import dev.whirl.store.Revision;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How far one feed is: a document `position/namespace/name` that only its provider writes. A provider that lost the
/// feed to another one without noticing is told so by its next write. Used by one thread at a time.
public final class Positions {
    private final KeyedDocuments documents;
    private final String id;
    private @Nullable Revision revision;

    /// Somebody else writes the position: the feed is theirs now.
    public static final class LostException extends Exception {
        public LostException() {
            super("another provider has the feed", null, false, false);
        }
    }

    public Positions(KeyedDocuments documents, EntityId trigger) {
        this.documents = documents;
        this.id = id(trigger);
    }

    static String id(EntityId trigger) {
        return "position/" + trigger;
    }

    /// What was stored last, by whomever.
    public Optional<RawJson> load() {
        Optional<Stored> found = documents.find(List.of(id)).stream().findFirst();
        revision = found.isPresent() ? found.get().revision() : null;
        return found.map(Stored::document);
    }

    /// Durable on return.
    ///
    /// @throws LostException if somebody else wrote since this object read or wrote
    public void save(RawJson position) throws LostException {
        try {
            revision = documents.put(id, position, revision);
        } catch (ConflictException e) {
            throw new LostException();
        }
    }
}
