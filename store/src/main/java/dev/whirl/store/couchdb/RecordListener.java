package dev.whirl.store.couchdb;

import dev.whirl.model.activation.ActivationId;
import dev.whirl.store.InvocationJournal;
import java.util.List;

/// Is told which activations have a record that is durable, whoever wrote it. Called on the thread that writes
/// records: return soon. What is told twice must do no harm.
public interface RecordListener {
    void recorded(List<ActivationId> ids);

    /// Takes them out of a journal.
    static RecordListener discardingFrom(InvocationJournal journal) {
        return ids -> ids.forEach(journal::discard);
    }
}
