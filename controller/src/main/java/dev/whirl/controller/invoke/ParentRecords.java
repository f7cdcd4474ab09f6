package dev.whirl.controller.invoke;

import dev.whirl.controller.events.UserEvents;
import dev.whirl.controller.invoke.compose.CompositionRecords;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.message.Invocation;
import dev.whirl.store.RecordKeeper;
import java.util.Optional;

/// Keeps the records of sequences and compositions: what was accepted until it is stored.
final class ParentRecords implements CompositionRecords {
    private final RecordKeeper keeper;
    private final Outcomes outcomes;
    private final UserEvents events;

    ParentRecords(RecordKeeper keeper, Outcomes outcomes, UserEvents events) {
        this.keeper = keeper;
        this.outcomes = outcomes;
        this.events = events;
    }

    @Override
    public void keep(Invocation parent, Activation record) {
        outcomes.ended(record.response().status());
        events.ended(record, Optional.of(parent.caller().namespace().uuid()));
        var _ = keeper.keep(parent, record); // what can't be kept now is kept later
    }
}
