package dev.whirl.controller.place;

import dev.whirl.common.units.ByteSize;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;

/// The invokers that an invocation may go to, full or not: large enough, of its namespace or of nobody, with what the
/// action needs, of its pool (rows ). Pure.
sealed interface Candidates {
    /// @param invokers one at least
    record Some(List<InvokerView> invokers) implements Candidates {}

    /// None that takes work would ever do.
    ///
    /// @param reason in words, for the caller
    record None(String reason) implements Candidates {}

    /// @param view not empty
    static Candidates of(ClusterView view, PlacementRequest request) {
        List<InvokerView> large = those(view.invokers(), each -> each.traits().poolBytes() >= request.memoryBytes());
        if (large.isEmpty()) {
            return new None(
                    "no invoker has %s of memory for one action".formatted(ByteSize.bytes(request.memoryBytes())));
        }
        List<InvokerView> open = openTo(request.caller(), large);
        if (open.isEmpty()) {
            return new None("all invokers that take work are dedicated to other namespaces");
        }
        List<InvokerView> fit = withResources(request.needs(), open);
        if (fit.isEmpty()) {
            return new None("no invoker that takes work has the resources "
                    + String.join(", ", new TreeSet<>(request.needs().resources())));
        }
        return new Some(view.pools().poolOf(request, fit));
    }

    /// A namespace that has invokers of its own uses no others.
    private static List<InvokerView> openTo(String namespace, List<InvokerView> invokers) {
        List<InvokerView> own =
                those(invokers, each -> each.traits().namespaces().contains(namespace));
        return own.isEmpty()
                ? those(invokers, each -> each.traits().namespaces().isEmpty())
                : own;
    }

    /// What others need is kept for them as long as there is something else.
    private static List<InvokerView> withResources(PlacementRequest.Needs needs, List<InvokerView> invokers) {
        List<InvokerView> plain = those(invokers, each -> each.traits().tags().isEmpty());
        if (needs.resources().isEmpty()) {
            return plain.isEmpty() ? invokers : plain;
        }
        List<InvokerView> equipped =
                those(invokers, each -> each.traits().tags().containsAll(needs.resources()));
        if (!equipped.isEmpty() || needs.isStrict()) {
            return equipped;
        }
        return plain.isEmpty() ? invokers : plain;
    }

    /// The same list where all are of this sort, as they mostly are.
    private static List<InvokerView> those(List<InvokerView> invokers, Predicate<InvokerView> sort) {
        for (InvokerView each : invokers) {
            if (!sort.test(each)) {
                return invokers.stream().filter(sort).toList();
            }
        }
        return invokers;
    }
}
