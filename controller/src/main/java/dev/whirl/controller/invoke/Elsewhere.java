package dev.whirl.controller.invoke;

import dev.whirl.controller.access.InFlight;
import dev.whirl.controller.invoke.Running.Unsent;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.message.Invocation;
import dev.whirl.model.message.InvokerId;
import dev.whirl.store.RecordKeeper;
import java.time.InstantSource;
import java.util.function.Consumer;

/// Sends what an invoker gave back, because it stops, to another one: its caller sees nothing of that. Where there is
/// no
/// other one the caller gets that for an answer.
final class Elsewhere implements Consumer<Unsent> {
    private final Dispatch dispatch;
    private final InFlight inFlight;
    private final PendingResults pending;
    private final RecordKeeper keeper;
    private final InstantSource clock;

    Elsewhere(Dispatch dispatch, InFlight inFlight, PendingResults pending, RecordKeeper keeper, InstantSource clock) {
        this.dispatch = dispatch;
        this.inFlight = inFlight;
        this.pending = pending;
        this.keeper = keeper;
        this.clock = clock;
    }

    /// Returns at once.
    @Override
    public void accept(Unsent unsent) {
        Thread.ofVirtual().name("elsewhere").start(() -> send(unsent));
    }

    void send(Unsent unsent) {
        Invocation invocation = unsent.invocation();
        try {
            InvokerId invoker = dispatch.place(invocation, unsent.action());
            inFlight.enterAnyway(invocation.caller().namespace().uuid());
            dispatch.send(invocation, invoker, unsent.action());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) { // no room, or no bus
            if (Dispatch.mayHaveArrived(e)) {
                return;
            }
            Activation record =
                    FailureRecord.notSent(invocation, unsent.action().action(), clock.instant());
            pending.complete(record);
            var _ = keeper.keep(invocation, record);
        }
    }
}
