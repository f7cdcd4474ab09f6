package dev.whirl.controller.invoke;

import dev.whirl.bus.Bus;
import dev.whirl.bus.Bus.Left;
import dev.whirl.controller.place.Cluster;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.message.ActivationResult;
import dev.whirl.model.message.Invocation;
import dev.whirl.model.message.SlotFree;
import dev.whirl.model.message.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends what others have begun that are gone: watches over the work of invokers and the compositions of controllers,
/// and
/// takes over what those leave that have fallen silent (design, decision 7). The bus sees to it that of several
/// controllers one gets it, and that nobody does whose owner lives.
///
/// But for [#take], belongs to one thread.
final class Takeovers {
    private static final Logger LOG = LoggerFactory.getLogger(Takeovers.class);
    private static final Duration LOOK = Duration.ofSeconds(2);

    private final Bus bus;
    private final Cluster cluster;
    private final Peers peers;
    private final Consumer<Invocation> takeUp;
    private final Function<Invocation, Activation> endLost;
    private final Duration silence;
    private final Map<Topic.Followed, Bus.Subscription> taken = new HashMap<>();

    /// @param takeUp see [Resending#takeUp]
    /// @param endLost see [Resending#endLost]
    /// @param silence how long after the start nobody counts as gone
    Takeovers(
            Bus bus,
            Cluster cluster,
            Peers peers,
            Consumer<Invocation> takeUp,
            Function<Invocation, Activation> endLost,
            Duration silence) {
        this.bus = bus;
        this.cluster = cluster;
        this.peers = peers;
        this.takeUp = takeUp;
        this.endLost = endLost;
        this.silence = silence;
    }

    /// Watches until it is interrupted.
    void run() throws InterruptedException {
        try {
            Thread.sleep(silence);
            while (true) {
                look();
                Thread.sleep(LOOK);
            }
        } finally {
            taken.values().forEach(Bus.Subscription::close);
        }
    }

    /// Takes over what nobody owns any more, and gives back what has its owner again.
    void look() {
        try {
            Set<Topic.Followed> orphans = new HashSet<>(bus.followed());
            orphans.removeIf(this::hasOwner);
            taken.entrySet().removeIf(each -> !orphans.contains(each.getKey()) && isGivenBack(each));
            for (Topic.Followed orphan : orphans) {
                if (!taken.containsKey(orphan)) {
                    LOG.atInfo()
                            .addKeyValue("topic", orphan.name())
                            .log("its owner is silent; what it left is taken over");
                    taken.put(orphan, bus.takeOver(orphan, left -> takeFrom(orphan, left)));
                }
            }
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).log("Work that others left can't be looked for now");
        }
    }

    private static boolean isGivenBack(Map.Entry<Topic.Followed, Bus.Subscription> taken) {
        LOG.atInfo().addKeyValue("topic", taken.getKey().name()).log("its owner is back");
        taken.getValue().close();
        return true;
    }

    private boolean hasOwner(Topic.Followed topic) {
        return switch (topic) {
            case Topic.Work(var invoker) -> cluster.isHeard(invoker);
            case Topic.Composed(var controller) -> peers.isThere(controller);
        };
    }

    private void takeFrom(Topic.Followed orphan, Left left) {
        if (orphan instanceof Topic.Work(var invoker)) {
            cluster.gaveBack(
                    invoker); // it may have spoken again, but has not got its work back: nothing goes to it now
        }
        take(left);
        if (orphan instanceof Topic.Work(var invoker) && left instanceof Left.MayHaveStarted(var invocation)) {
            // its invoker will not say so
            bus.publish(new Topic.Completed(invocation.replyTo()), new SlotFree(invocation.id(), invoker, false));
        }
    }

    /// Durable on return; what has to be sent goes on by itself.
    void take(Left left) {
        switch (left) {
            case Left.NotStarted(var invocation) -> takeUp.accept(invocation);
            case Left.MayHaveStarted(var invocation) -> {
                var result = new ActivationResult(invocation.transaction(), endLost.apply(invocation));
                bus.publish(new Topic.Completed(invocation.replyTo()), result); // who waits need not wait longer
            }
        }
    }
}
