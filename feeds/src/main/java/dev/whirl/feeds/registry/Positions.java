package dev.whirl.feeds.registry;

import dev.whirl.model.entity.EntityId;
import dev.whirl.model.json.RawJson;
import dev.whirl.store.ConflictException;
import dev.whirl.store.KeyedDocuments;
import dev.whirl.store.KeyedDocuments.Stored;
import dev.whirl.store.Revision;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// How far one feed is: a document `position/namespace/name` that only its provider writes. A provider that lost the
/// feed to another one without noticing is told so by its next write. Used by one thread at a time.
///
/// Each object writes its own name into the document. A store that lost the answer to a write looks whether what it
/// wrote is there; without the name, two that are about to fire the same would each take the other's for its own.
public final class Positions {
    private static final String PROCESS = UUID.randomUUID().toString();
    private static final AtomicLong OBJECTS = new AtomicLong();
    private static final String WRITER = "writer";

    private final KeyedDocuments documents;
    private final String id;
    private final long number = OBJECTS.incrementAndGet();
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
            revision = documents.put(id, signed(position), revision);
        } catch (ConflictException e) {
            throw new LostException();
        }
    }

    private RawJson signed(RawJson position) {
        var fields = new LinkedHashMap<>(position.fields());
        fields.put(WRITER, RawJson.string(PROCESS + "/" + number));
        return RawJson.object(fields);
    }
}
