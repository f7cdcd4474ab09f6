package dev.whirl.store.couchdb;

import dev.whirl.model.activation.ActivationId;
import java.util.List;

/// Is told which activations have a record that is durable, whoever wrote it. Called on the thread that writes
/// records: return soon. What is told twice must do no harm.
interface RecordListener {
    void recorded(List<ActivationId> ids);
}
