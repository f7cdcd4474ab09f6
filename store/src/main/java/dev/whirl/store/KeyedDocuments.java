package dev.whirl.store;

import dev.whirl.model.json.RawJson;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Small JSON documents under ids, for parts of the platform that keep a state of their own beside the entities, in
/// one process or in several. Writes are durable on return.
public interface KeyedDocuments {
    /// About so many bytes of documents make a page, however many more were asked for.
    int PAGE_BYTES = 4 * 1024 * 1024;

    /// A document as it was read.
    record Stored(String id, RawJson document, Revision revision) {}

    /// A document that was written or deleted.
    ///
    /// @param revision that it got, or a later one; null if it was deleted
    record Change(String id, @Nullable Revision revision) {}

    /// Which documents were written or deleted after a mark, each at least once, in no order.
    ///
    /// @param mark where the next look begins
    record Changes(List<Change> all, String mark) {
        public Changes {
            all = List.copyOf(all);
        }
    }

    /// Those of the documents that are there, in no order. A store of several machines may for a moment not
    /// show what was written shortly before, or show it as it was before that.
    List<Stored> find(Collection<String> ids);

    /// Documents whose ids begin so, by id: fewer than were asked for where they are large ([#PAGE_BYTES]), but one at
    /// least if there are any. Shows no more than [#find].
    ///
    /// @param after only ids behind this one; empty for the first page
    /// @param limit most documents
    List<Stored> page(String prefix, String after, int limit);

    /// Creates (expected = null) or replaces a document.
    ///
    /// @return the new revision
    /// @throws ConflictException if it exists though it was to be created, or has another revision
    Revision put(String id, RawJson document, @Nullable Revision expected) throws ConflictException;

    /// @throws ConflictException if it has another revision or is gone
    void delete(String id, Revision expected) throws ConflictException;

    /// The mark before all that was ever written. What is told from there on lacks nothing for good, as a
    /// page and a mark may: what it lacks comes after the mark that it ends with.
    ///
    /// @return empty if the store can't tell so much: then it is on one machine, and its pages lack nothing
    Optional<String> beginning();

    /// The mark behind all that was written so far.
    String mark();

    /// What was written after a mark of this open store.
    ///
    /// @param limit most ids; there may be more behind the new mark
    /// @return empty if that is not known any more: whoever asks has to read everything again
    Optional<Changes> changes(String mark, int limit);
}
