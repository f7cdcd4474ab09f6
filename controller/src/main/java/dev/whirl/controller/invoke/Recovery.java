package dev.whirl.controller.invoke;

import dev.whirl.controller.directory.CallableAction;
import dev.whirl.controller.directory.Directory;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.activation.StorageRules;
import dev.whirl.model.entity.Action;
import dev.whirl.model.message.Invocation;
import dev.whirl.store.Activations;
import dev.whirl.store.InvocationJournal;
import dev.whirl.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds what was accepted in an earlier life of the server (design, decision 7): what may have started gets a record
/// that says so, everything else is sent again, by [Resending].
final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private static final int PAGE = 200;

    private final InvocationJournal journal;
    private final Activations activations;
    private final Directory directory;

    Recovery(InvocationJournal journal, Activations activations, Directory directory) {
        this.journal = journal;
        this.activations = activations;
        this.directory = directory;
    }

    /// Writes the records of what may have started. Call before new work comes in.
    ///
    /// @return what is to be sent again, oldest first
    List<ActivationId> settle() {
        var again = new ArrayList<ActivationId>();
        int lost = 0;
        for (var page = journal.unfinished(null, PAGE);
                !page.isEmpty();
                page = journal.unfinished(page.getLast(), PAGE)) {
            for (InvocationJournal.Entry each : page) {
                if (each.mayHaveStarted()) {
                    end(each.invocation(), FailureRecord.lost(each.invocation(), action(each.invocation())));
                    lost++;
                } else {
                    again.add(each.invocation().id());
                }
            }
        }
        if (lost + again.size() > 0) {
            LOG.atInfo()
                    .addKeyValue("lost", lost)
                    .addKeyValue("sentAgain", again.size())
                    .log("took up what was accepted before the last stop");
        }
        return again;
    }

    /// With a record, unless its namespace wants none (row R-139).
    void end(Invocation invocation, Activation record) {
        if (StorageRules.mayKeep(invocation)) {
            activations.record(record);
        } else {
            journal.discard(invocation.id());
        }
    }

    private @Nullable Action action(Invocation invocation) {
        try {
            return current(invocation).map(CallableAction::action).orElse(null);
        } catch (StoreException e) {
            LOG.atWarn().addKeyValue("action", invocation.action()).setCause(e).log("an action can't be read");
            return null;
        }
    }

    /// Empty if it is gone, also if something else has its name by now.
    Optional<CallableAction> current(Invocation invocation) {
        return directory
                .find(invocation.action())
                .flatMap(known -> known instanceof CallableAction action ? Optional.of(action) : Optional.empty());
    }
}
