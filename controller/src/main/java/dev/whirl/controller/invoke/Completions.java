package dev.whirl.controller.invoke;

import dev.whirl.controller.directory.Directory;
import dev.whirl.controller.events.UserEvents;
import dev.whirl.controller.place.Cluster;
import dev.whirl.controller.place.RecentOutcomes.Outcome;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.message.ActivationResult;
import dev.whirl.model.message.EntityChanged;
import dev.whirl.model.message.Heartbeat;
import dev.whirl.model.message.IdentitiesChanged;
import dev.whirl.model.message.Invocation;
import dev.whirl.model.message.Message;
import dev.whirl.model.message.Prepare;
import dev.whirl.model.message.Presence;
import dev.whirl.model.message.Returned;
import dev.whirl.model.message.SlotFree;
import dev.whirl.model.message.UserEvent;
import java.util.function.Consumer;

/// Takes what comes over the bus to where it belongs. Never blocks.
final class Completions {
    private final PendingResults pending;
    private final Running running;
    private final Cluster cluster;
    private final Directory directory;
    private final Retries retries;
    private final Outcomes outcomes;
    private final UserEvents events;
    private final Peers peers;
    private final Consumer<Running.Unsent> elsewhere;

    /// @param elsewhere sends what an invoker gave back to another one; returns at once
    Completions(
            PendingResults pending,
            Running running,
            Cluster cluster,
            Directory directory,
            Retries retries,
            Outcomes outcomes,
            UserEvents events,
            Peers peers,
            Consumer<Running.Unsent> elsewhere) {
        this.pending = pending;
        this.running = running;
        this.cluster = cluster;
        this.directory = directory;
        this.retries = retries;
        this.outcomes = outcomes;
        this.events = events;
        this.peers = peers;
        this.elsewhere = elsewhere;
    }

    void take(Message message) {
        switch (message) {
            case ActivationResult result -> take(result.activation());
            case SlotFree free -> {
                running.ended(free.id(), free.invoker(), free.isSystemError() ? Outcome.SYSTEM_ERROR : Outcome.DONE);
                retries.recorded(free.id());
            }
            case Returned(var id, var invoker) ->
                running.returned(id, invoker).ifPresent(unsent -> {
                    cluster.gaveBack(invoker);
                    elsewhere.accept(unsent);
                });
            case Heartbeat heartbeat -> cluster.hear(heartbeat);
            case Presence presence -> peers.hear(presence);
            case EntityChanged(var id) -> directory.forget(id);
            case IdentitiesChanged _ -> {} // whoever caches identities hears it too
            case Invocation _, Prepare _, UserEvent _ ->
                throw new IllegalStateException("controllers run no invocations");
        }
    }

    private void take(Activation activation) {
        if (HealthTests.isTest(activation)) {
            if (HealthTests.isFailed(activation)) {
                running.ended(activation.id(), Outcome.SYSTEM_ERROR);
            }
            return;
        }
        outcomes.ended(activation.response().status());
        events.ended(activation, running.namespaceUuid(activation.id()));
        running.answered(activation.id());
        retries.ended(activation);
        pending.complete(activation);
    }
}
