package dev.whirl.controller.invoke;

import dev.whirl.bus.Bus;
import dev.whirl.bus.BusException;
import dev.whirl.controller.directory.CallableAction;
import dev.whirl.controller.place.Cluster;
import dev.whirl.controller.place.Placement;
import dev.whirl.controller.place.PlacementRequest;
import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import dev.whirl.model.TransactionId;
import dev.whirl.model.identity.Namespace;
import dev.whirl.model.message.ControllerId;
import dev.whirl.model.message.Invocation;
import dev.whirl.model.message.InvokerId;
import dev.whirl.model.message.Prepare;
import dev.whirl.model.message.Topic;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The way to the invokers: a place first, then the message, and everything given back if that fails.
final class Dispatch {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);

    private final ControllerId self;
    private final Bus bus;
    private final Cluster cluster;
    private final Running running;
    private final Outcomes outcomes;

    Dispatch(ControllerId self, Bus bus, Cluster cluster, Running running, Outcomes outcomes) {
        this.self = self;
        this.bus = bus;
        this.cluster = cluster;
        this.running = running;
        this.outcomes = outcomes;
    }

    /// Finds a place if there is one at this moment.
    Optional<InvokerId> placeNow(PlacementRequest request) throws InterruptedException {
        return switch (cluster.reserveNow(request)) {
            case Placement.On(InvokerId invoker) -> Optional.of(invoker);
            case Placement.NoCapacity _, Placement.NoneFits _ -> Optional.empty();
        };
    }

    /// Whether any invoker takes work.
    boolean hasInvokers() {
        return cluster.healthy() > 0;
    }

    /// Whether arguments of this size may be under way beside those that are (attack 20).
    boolean hasRoomFor(long argumentBytes) {
        return running.hasRoomFor(argumentBytes);
    }

    /// @throws ApiException 503 if no invoker takes more, or too many large arguments are under way
    InvokerId place(Invocation invocation, CallableAction action) throws InterruptedException {
        if (!running.hasRoomFor(invocation.arguments().sizeBytes())) {
            throw overloaded(Messages.ARGUMENTS_HELD);
        }
        PlacementRequest request =
                action.placement().by(invocation.caller().namespace().name().value());
        return switch (cluster.reserve(request)) {
            case Placement.On(InvokerId invoker) -> invoker;
            case Placement.NoCapacity(int healthy) ->
                throw overloaded(healthy > 0 ? Messages.INVOKERS_FULL : Messages.noInvokers(cluster.summary()));
            case Placement.NoneFits(String reason) -> throw overloaded(Messages.noneFits(reason));
        };
    }

    private ApiException overloaded(String sentence) {
        outcomes.overloaded();
        return new ApiException(ErrorCode.OVERLOADED, sentence);
    }

    void giveUp(InvokerId invoker, PlacementRequest request) {
        cluster.free(invoker, request);
    }

    /// Lets an invoker make a sandbox ready, where there is none of this action yet. Nothing depends on it.
    void prepare(TransactionId transaction, Namespace caller, CallableAction action) {
        cluster.firstPlace(action.placement().by(caller.name().value())).ifPresent(invoker -> {
            var hint = new Prepare(
                    transaction, action.action().id(), action.revision().value(), caller);
            try {
                bus.publish(new Topic.Work(invoker), hint);
            } catch (BusException e) {
                LOG.atDebug()
                        .addKeyValue("transaction", transaction)
                        .setCause(e)
                        .log("a hint was not sent");
            }
        });
    }

    /// Whether what could not be sent may be with its invoker all the same: then it must not be sent once more, nor end
    /// here.
    static boolean mayHaveArrived(RuntimeException failure) {
        return failure instanceof BusException bus && bus.isUncertain();
    }

    /// Hands the invocation over; from here on it is counted in [Running], if this controller will hear of its end.
    ///
    /// @throws BusException if the bus does not take it; then it counts nowhere
    void send(Invocation invocation, InvokerId invoker, CallableAction action) {
        running.begin(invocation, invoker, action);
        try {
            bus.publish(new Topic.Work(invoker), invocation);
        } catch (RuntimeException e) {
            running.freed(invocation.id());
            throw e;
        }
        if (!invocation.replyTo().equals(self)) { // taken over: its end is told to whoever made it
            running.handedOn(invocation.id());
        }
    }
}
