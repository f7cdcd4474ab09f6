package dev.whirl.controller.invoke;

import dev.whirl.bus.Bus;
import dev.whirl.bus.BusException;
import dev.whirl.controller.place.Cluster;
import dev.whirl.controller.place.Placement;
import dev.whirl.controller.place.PlacementRequest;
import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.message.Invocation;
import dev.whirl.model.message.InvokerId;
import dev.whirl.model.message.Topic;
import java.util.Optional;

/// The way to the invokers: a place first, then the message, and everything given back if that fails.
final class Dispatch {
    private final Bus bus;
    private final Cluster cluster;
    private final Running running;
    private final Outcomes outcomes;

    Dispatch(Bus bus, Cluster cluster, Running running, Outcomes outcomes) {
        this.bus = bus;
        this.cluster = cluster;
        this.running = running;
        this.outcomes = outcomes;
    }

    /// Finds a place or gives up after the configured patience.
    Optional<InvokerId> tryPlace(PlacementRequest request) throws InterruptedException {
        return switch (cluster.reserve(request)) {
            case Placement.On(InvokerId invoker) -> Optional.of(invoker);
            case Placement.NoCapacity _ -> Optional.empty();
        };
    }

    /// @throws ApiException 503 if no invoker takes more, or too many large arguments are under way
    InvokerId place(PlacementRequest request, long argumentBytes) throws InterruptedException {
        if (!running.hasRoomFor(argumentBytes)) {
            throw overloaded();
        }
        return tryPlace(request).orElseThrow(this::overloaded);
    }

    private ApiException overloaded() {
        outcomes.overloaded();
        return new ApiException(ErrorCode.OVERLOADED);
    }

    void giveUp(InvokerId invoker, PlacementRequest request) {
        cluster.free(invoker, request);
    }

    /// Hands the invocation over; from here on it is counted in [Running].
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
    }
}
