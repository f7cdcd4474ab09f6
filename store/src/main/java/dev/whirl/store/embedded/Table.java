package dev.whirl.store.embedded;

import java.nio.charset.StandardCharsets;

/// The key spaces of the database; each is a column family of its own. The class that owns a table says what
/// is in it.
enum Table {
    /// Documents and indexes of entities: [EntityRows].
    ENTITIES("entities"),
    /// Subjects, their keys and limits: [EmbeddedSubjects].
    SUBJECTS("subjects"),
    /// Accepted invocations: [EmbeddedJournal].
    JOURNAL("journal"),
    /// Full records by activation id; large ones lie in files of their own, apart from the keys.
    RECORDS("records"),
    /// Short forms and indexes of records: [RecordRows].
    RECORD_INDEX("record-index"),
    /// Feeds, how far they are, and who looks after them: [EmbeddedKeyedDocuments].
    FEEDS("feeds");

    private final String family;

    Table(String family) {
        this.family = family;
    }

    byte[] family() {
        return family.getBytes(StandardCharsets.UTF_8);
    }
}
