package dev.whirl.store.embedded;

import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationSummary;
import dev.whirl.model.json.ActivationDocuments;
import org.rocksdb.RocksDBException;

/// Writes one record: the document, the rows that lists read, and its entry out of the journal.
final class StoredRecord implements Change {
    private final ActivationSummary summary;
    private final byte[] document;
    private final byte[] shortForm;

    private StoredRecord(ActivationSummary summary, byte[] document, byte[] shortForm) {
        this.summary = summary;
        this.document = document;
        this.shortForm = shortForm;
    }

    static StoredRecord of(Activation activation) {
        ActivationSummary summary = activation.summary();
        return new StoredRecord(
                summary,
                ActivationDocuments.write(activation).toBytes(),
                ActivationDocuments.writeSummary(summary).toBytes());
    }

    byte[] document() {
        return document;
    }

    long sizeBytes() {
        return (long) document.length + shortForm.length;
    }

    @Override
    public void apply(Batch batch) throws RocksDBException {
        RecordRows rows = RecordRows.of(summary);
        batch.put(Table.RECORDS, rows.id(), document);
        batch.put(Table.RECORD_INDEX, rows.summary(), shortForm);
        batch.put(Table.RECORD_INDEX, rows.date());
        for (byte[] name : rows.names()) {
            batch.put(Table.RECORD_INDEX, name);
        }
        EmbeddedJournal.finish(batch, rows.id());
    }
}
