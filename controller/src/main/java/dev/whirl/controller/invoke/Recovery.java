package dev.whirl.controller.invoke;

import dev.whirl.controller.directory.CallableAction;
import dev.whirl.controller.directory.Directory;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.activation.ActivationResponse;
import dev.whirl.model.activation.StorageRules;
import dev.whirl.model.entity.Action;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.message.Attempt;
import dev.whirl.model.message.Invocation;
import dev.whirl.store.Activations;
import dev.whirl.store.InvocationJournal;
import dev.whirl.store.StoreException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
    private final Retries retries;

    /// @param retries learns which attempts are there, and how each ended
    Recovery(InvocationJournal journal, Activations activations, Directory directory, Retries retries) {
        this.retries = retries;
        this.journal = journal;
        this.activations = activations;
        this.directory = directory;
    }

    /// A later attempt that had not started.
    private record Later(ActivationId id, ActivationId previous, NamespaceName namespace, int number) {}

    /// Writes the records of what may have started. Call before new work comes in.
    ///
    /// @return what is to be sent again, oldest first
    List<ActivationId> settle() {
        var again = new ArrayList<ActivationId>();
        var lost = new HashSet<ActivationId>();
        var later = new ArrayList<Later>();
        for (var page = journal.unfinished(null, PAGE);
                !page.isEmpty();
                page = journal.unfinished(page.getLast(), PAGE)) {
            for (InvocationJournal.Entry each : page) {
                Invocation invocation = each.invocation();
                Attempt attempt = invocation.attempt();
                if (each.mayHaveStarted()) {
                    var _ = writeLost(invocation);
                    lost.add(invocation.id());
                } else if (attempt != null && attempt.previous() != null) {
                    NamespaceName namespace = invocation.caller().namespace().name();
                    later.add(new Later(invocation.id(), attempt.previous(), namespace, attempt.number()));
                } else {
                    again.add(invocation.id());
                }
            }
        }
        takeUp(later, new HashSet<>(again), lost);
        if (lost.size() + again.size() + later.size() > 0) {
            LOG.atInfo()
                    .addKeyValue("lost", lost.size())
                    .addKeyValue("sentAgain", again.size())
                    .addKeyValue("laterAttempts", later.size())
                    .log("took up what was accepted before the last stop");
        }
        return again;
    }

    /// Ends what may have started, and sees its record written.
    Activation endLost(Invocation invocation) {
        Activation record = writeLost(invocation);
        activations.flush();
        return record;
    }

    private Activation writeLost(Invocation invocation) {
        Activation record = FailureRecord.lost(invocation, action(invocation));
        end(invocation, record);
        return record;
    }

    /// A later attempt waits for the one before it, if that is going to run; else it is up to how that ended. What is
    /// not known of, since its namespace keeps no records, counts as failed.
    private void takeUp(List<Later> later, Set<ActivationId> running, Set<ActivationId> lost) {
        later.sort(Comparator.comparingInt(Later::number));
        for (Later each : later) {
            if (running.contains(each.previous())) {
                retries.takeUp(each.previous(), each.id());
            } else {
                settle(each, lost);
            }
            running.add(each.id());
        }
    }

    /// Lets an attempt that somebody else left go on as the one before it ended.
    ///
    /// @param isTooLate whether it counts as failed if nothing is known of it
    /// @return false as long as it is not known how that ended
    boolean isDecided(Invocation invocation, boolean isTooLate) {
        Attempt attempt = invocation.attempt();
        if (attempt == null || attempt.previous() == null) {
            return true;
        }
        NamespaceName namespace = invocation.caller().namespace().name();
        if (!isTooLate && activations.find(namespace, attempt.previous()).isEmpty()) {
            return false;
        }
        settle(new Later(invocation.id(), attempt.previous(), namespace, attempt.number()), Set.of());
        return true;
    }

    private void settle(Later later, Set<ActivationId> lost) {
        ActivationResponse before = lost.contains(later.previous())
                ? null
                : activations
                        .find(later.namespace(), later.previous())
                        .map(Activation::response)
                        .orElse(null);
        if (before != null && before.isSuccess()) {
            retries.succeeded(later.id());
        } else {
            retries.failed(later.id(), before);
        }
    }

    /// With a record, unless its namespace wants none (row R-139).
    void end(Invocation invocation, Activation record) {
        keep(invocation, record);
        retries.ended(record);
    }

    private void keep(Invocation invocation, Activation record) {
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
