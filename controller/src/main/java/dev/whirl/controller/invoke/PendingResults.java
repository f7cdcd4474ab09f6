package dev.whirl.controller.invoke;

import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import java.util.concurrent.ConcurrentHashMap;

/// The callers that wait for a result, by activation. A ticket must be open before the invocation is published.
final class PendingResults {
    private final ConcurrentHashMap<ActivationId, Ticket> tickets = new ConcurrentHashMap<>();

    /// Opens a ticket for the calling thread.
    Ticket open(ActivationId id) {
        var ticket = new Ticket(this, id);
        tickets.put(id, ticket);
        return ticket;
    }

    /// Wakes whoever waits for this activation; nobody may.
    void complete(Activation activation) {
        Ticket ticket = tickets.get(activation.id());
        if (ticket != null) {
            ticket.complete(activation);
        }
    }

    void close(ActivationId id) {
        tickets.remove(id);
    }

    int size() {
        return tickets.size();
    }
}
