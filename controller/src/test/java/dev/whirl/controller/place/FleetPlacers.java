package dev.whirl.controller.place;

import dev.whirl.common.time.ManualClock;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.message.Heartbeat;
import dev.whirl.model.message.InvokerId;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// Two ways of placing: ours, and OpenWhisk's as its load balancer describes it.
final class FleetPlacers {
    private FleetPlacers() {}

    /// A controller's own [Cluster].
    static Fleet.Placer ours(int actions, ManualClock clock) {
        var config = new PlacementConfig(
                Duration.ZERO, 0, 4_096, Duration.ofSeconds(10), Pools.UNDIVIDED, Duration.ofHours(1));
        var cluster = new Cluster(config, clock);
        List<EntityId> ids = IntStream.range(0, actions).mapToObj(Fleet::action).toList();
        return new Fleet.Placer() {
            @Override
            public int place(int action) {
                try {
                    if (cluster.reserveNow(Fleet.request(ids.get(action))) instanceof Placement.On(InvokerId invoker)) {
                        return invoker.number();
                    }
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                throw new IllegalStateException("every invoker may queue");
            }

            @Override
            public void ended(int invoker, int action) {
                cluster.free(new InvokerId(invoker), Fleet.request(ids.get(action)));
            }

            @Override
            public void hear(Supplier<Heartbeat> beat) {
                cluster.hear(beat.get());
            }
        };
    }

    /// Each controller has its share of the slots of each invoker. An action has a home by its hash and a step that
    /// has no divisor in common with the number of invokers; the first with a free slot on that way has it, and if
    /// there is none, any.
    static Fleet.Placer byHash(int invokers, int slots, int controllers, long seed) {
        var random = new Random(seed);
        var free = new int[invokers];
        java.util.Arrays.fill(free, Math.max(1, slots / controllers));
        List<Integer> steps = coprimes(invokers);
        return new Fleet.Placer() {
            @Override
            public int place(int action) {
                int hash = Fleet.action(action).toString().hashCode() & Integer.MAX_VALUE;
                int at = hash % invokers;
                int step = steps.get(hash % steps.size());
                for (int i = 0; i < invokers; i++) {
                    if (free[at] > 0) {
                        free[at]--;
                        return at;
                    }
                    at = (at + step) % invokers;
                }
                int any = random.nextInt(invokers);
                free[any]--;
                return any;
            }

            @Override
            public void ended(int invoker, int action) {
                free[invoker]++;
            }
        };
    }

    private static List<Integer> coprimes(int number) {
        var found = new ArrayList<Integer>();
        for (int i = 1; i <= number; i++) {
            if (BigInteger.valueOf(i).gcd(BigInteger.valueOf(number)).intValue() == 1) {
                found.add(i);
            }
        }
        return found;
    }
}
