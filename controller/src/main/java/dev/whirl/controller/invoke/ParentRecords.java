package dev.whirl.controller.invoke;

import dev.whirl.controller.events.UserEvents;
import dev.whirl.controller.invoke.compose.CompositionRecords;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.StorageRules;
import dev.whirl.model.message.Invocation;
import dev.whirl.store.Activations;
import dev.whirl.store.InvocationJournal;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the records of sequences and compositions, or not, if their namespace or the settings want none (row R-139).
final class ParentRecords implements CompositionRecords {
    private static final Logger LOG = LoggerFactory.getLogger(ParentRecords.class);

    private final Activations activations;
    private final InvocationJournal journal;
    private final StorageRules rules;
    private final Outcomes outcomes;
    private final UserEvents events;

    ParentRecords(
            Activations activations,
            InvocationJournal journal,
            StorageRules rules,
            Outcomes outcomes,
            UserEvents events) {
        this.activations = activations;
        this.journal = journal;
        this.rules = rules;
        this.outcomes = outcomes;
        this.events = events;
    }

    @Override
    public void keep(Invocation parent, Activation record) {
        outcomes.ended(record.response().status());
        events.ended(record, Optional.of(parent.caller().namespace().uuid()));
        try {
            if (rules.keeps(parent, record.response().status())) {
                activations.record(record);
            } else if (record.id().equals(parent.id())) {
                journal.discard(record.id());
            }
        } catch (RuntimeException e) {
            // an accepted one stays in the journal and gets its record at the next start
            LOG.atError()
                    .addKeyValue("transaction", parent.transaction())
                    .addKeyValue("activation", record.id())
                    .setCause(e)
                    .log("the record of a sequence or composition could not be kept");
        }
    }
}
