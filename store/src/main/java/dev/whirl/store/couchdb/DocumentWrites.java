package dev.whirl.store.couchdb;

import dev.whirl.model.json.RawJson;
import dev.whirl.store.ConflictException;
import dev.whirl.store.Revision;
import dev.whirl.store.couchdb.CouchClient.OutcomeUnknownException;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Writes documents one by one, and looks what is there where it can't be told whether a write was carried out.
final class DocumentWrites {
    private static final int MOST_RACES = 20;

    private final Database database;

    DocumentWrites(Database database) {
        this.database = database;
    }

    Revision put(String id, RawJson document, @Nullable Revision expected) throws ConflictException {
        RawJson whole = withRevision(document, expected);
        for (int attempt = 0; ; attempt++) {
            try {
                return database.put(id, whole);
            } catch (OutcomeUnknownException e) {
                Optional<RawJson> now = database.get(id);
                Optional<Revision> revision = now.flatMap(Database::revision);
                if (revision.isPresent() && isSame(now.get(), document)) {
                    return revision.get();
                }
                requireUnchanged(id, revision, expected);
                requireAnotherAttempt(attempt, e);
            }
        }
    }

    void delete(String id, Revision expected) throws ConflictException {
        for (int attempt = 0; ; attempt++) {
            try {
                database.delete(id, expected);
                return;
            } catch (OutcomeUnknownException e) {
                Optional<RawJson> now = database.get(id);
                if (now.isEmpty()) {
                    return;
                }
                requireUnchanged(id, now.flatMap(Database::revision), expected);
                requireAnotherAttempt(attempt, e);
            }
        }
    }

    /// Writes whatever was there before.
    void replace(String id, RawJson document) {
        for (int race = 0; race < MOST_RACES; race++) {
            try {
                var _ = put(
                        id,
                        document,
                        database.get(id).flatMap(Database::revision).orElse(null));
                return;
            } catch (ConflictException _) {
                var _ = database.client().pause(0); // somebody else was faster: this one comes after
            }
        }
        throw busy(id);
    }

    /// Deletes what is there, if anything is.
    void remove(String id) {
        for (int race = 0; race < MOST_RACES; race++) {
            try {
                Optional<Revision> revision = database.get(id).flatMap(Database::revision);
                if (revision.isPresent()) {
                    delete(id, revision.get());
                }
                return;
            } catch (ConflictException _) {
                var _ = database.client().pause(0);
            }
        }
        throw busy(id);
    }

    private RuntimeException busy(String id) {
        return database.client().unavailable("%s is written by others all the time".formatted(id));
    }

    private static RawJson withRevision(RawJson document, @Nullable Revision expected) {
        var fields = new LinkedHashMap<>(document.fields());
        if (expected != null) {
            fields.put("_rev", RawJson.string(expected.value()));
        }
        return RawJson.object(fields);
    }

    /// But for the revision, and for the order of fields.
    private static boolean isSame(RawJson stored, RawJson document) {
        var fields = new LinkedHashMap<>(stored.fields());
        fields.remove("_rev");
        return fields.equals(document.fields());
    }

    private static void requireUnchanged(String id, Optional<Revision> now, @Nullable Revision expected)
            throws ConflictException {
        if (!now.equals(Optional.ofNullable(expected))) {
            throw new ConflictException(id);
        }
    }

    private void requireAnotherAttempt(int attempt, OutcomeUnknownException e) {
        if (attempt >= database.client().retries() || !database.client().pause(attempt)) {
            throw database.client().unavailable(String.valueOf(e.getMessage()));
        }
    }
}
