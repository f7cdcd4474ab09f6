package dev.whirl.controller.invoke;

import dev.whirl.controller.place.Cluster;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.message.ActivationResult;
import dev.whirl.model.message.EntityChanged;
import dev.whirl.model.message.Heartbeat;
import dev.whirl.model.message.Invocation;
import dev.whirl.model.message.Message;
import dev.whirl.model.message.SlotFree;

/// Takes what comes over the bus to where it belongs. Never blocks.
final class Completions {
    private final PendingResults pending;
    private final Running running;
    private final Cluster cluster;
    private final ActionCache actions;
    private final Outcomes outcomes;

    Completions(PendingResults pending, Running running, Cluster cluster, ActionCache actions, Outcomes outcomes) {
        this.pending = pending;
        this.running = running;
        this.cluster = cluster;
        this.actions = actions;
        this.outcomes = outcomes;
    }

    void take(Message message) {
        switch (message) {
            case ActivationResult result -> take(result.activation());
            case SlotFree free -> running.freed(free.id());
            case Heartbeat heartbeat -> cluster.hear(heartbeat);
            case EntityChanged(var id) -> actions.forget(id);
            case Invocation _ -> throw new IllegalStateException("controllers run no invocations");
        }
    }

    private void take(Activation activation) {
        outcomes.ended(activation.response().status());
        running.answered(activation.id());
        pending.complete(activation);
    }
}
