package dev.whirl.controller.place;

import dev.whirl.model.message.InvokerId;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Predicate;

/// Where an invocation goes (design, decision 3).
public sealed interface Placement {
    record On(InvokerId invoker) implements Placement {}

    /// @param healthy how many invokers there are, all of them full
    record NoCapacity(int healthy) implements Placement {}

    /// None of those that take work would ever do.
    ///
    /// @param reason in words, for the caller
    record NoneFits(String reason) implements Placement {}

    /// Among those that may have it (rows ), in this order: an invoker with a free warm sandbox; the action's
    /// home or its next neighbours, as long as
    /// they carry no more than their share; the least loaded one with room. Where nobody has room the call
    /// queues: behind its like if possible, since a busy sandbox is free sooner than another one is started.
    static Placement decide(ClusterView view, PlacementRequest request) {
        if (view.invokers().isEmpty()) {
            return new NoCapacity(0);
        }
        return switch (Candidates.of(view, request)) {
            case Candidates.None(String reason) -> new NoneFits(reason);
            case Candidates.Some(var fit) -> among(view.of(fit), request);
        };
    }

    private static Placement among(ClusterView view, PlacementRequest request) {
        long bound = view.loadBound();
        return leastLoaded(view, each -> each.warmPlaces() > 0 && each.canQueue())
                .or(() ->
                        home(view, request, each -> each.hasRoomFor(request.memoryBytes()) && each.inFlight() < bound))
                .or(() -> leastLoaded(view, each -> each.hasRoomFor(request.memoryBytes())))
                .or(() -> leastLoaded(view, each -> each.knowsAction() && each.canQueue()))
                .or(() -> leastLoaded(view, InvokerView::canQueue))
                .<Placement>map(each -> new On(each.id()))
                .orElseGet(() -> new NoCapacity(view.invokers().size()));
    }

    private static Optional<InvokerView> leastLoaded(ClusterView view, Predicate<InvokerView> fits) {
        return view.invokers().stream()
                .filter(fits)
                .min(Comparator.comparingInt(InvokerView::inFlight)
                        .thenComparingInt(each -> each.id().number()));
    }

    /// Rendezvous hashing: each action ranks all invokers in an order of its own, which others coming and going
    /// do not change.
    private static Optional<InvokerView> home(ClusterView view, PlacementRequest request, Predicate<InvokerView> fits) {
        int seed = request.action().hashCode();
        return view.invokers().stream()
                .filter(fits)
                .max(Comparator.comparingLong(each -> mix(seed, each.id().number())));
    }

    private static long mix(int action, int invoker) {
        long z = ((long) action << 32) + invoker * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
