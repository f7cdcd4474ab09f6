package dev.whirl.server.gateway;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/// Servers that take turns. One that could not be reached comes after the others, which share its turns, until it has
/// answered again: now and then one call tries it first.
final class Turns {
    /// Longer than the try itself, which takes [HttpCalls][dev.whirl.gateway.http.HttpCalls] five seconds where nobody
    /// refuses to be connected to.
    static final Duration BETWEEN_TRIES = Duration.ofSeconds(10);

    private final List<String> servers;
    private final LongSupplier nanos;
    private final AtomicInteger turn = new AtomicInteger();

    /// When each was tried last.
    private final Map<String, Long> unreached = new ConcurrentHashMap<>();

    /// @param nanos a clock that nobody can set
    Turns(List<String> servers, LongSupplier nanos) {
        this.servers = List.copyOf(servers);
        this.nanos = nanos;
    }

    /// All of them, in the order in which one call is to try them.
    List<String> next() {
        if (servers.size() < 2) {
            return servers;
        }
        int first = turn.getAndIncrement();
        var order = new ArrayList<String>();
        var others = new ArrayList<String>();
        for (String each : servers) {
            (unreached.containsKey(each) ? others : order).add(each);
        }
        Collections.rotate(order, -first);
        Collections.rotate(others, -first);
        others.stream().filter(this::isToBeTried).findFirst().ifPresent(each -> {
            others.remove(each);
            order.addFirst(each);
        });
        order.addAll(others);
        return order;
    }

    /// Whether it is time to try it again: so to one call only, the others wait for what becomes of that.
    private boolean isToBeTried(String server) {
        long now = nanos.getAsLong();
        Long last = unreached.get(server);
        return last != null && now - last >= BETWEEN_TRIES.toNanos() && unreached.replace(server, last, now);
    }

    /// Somebody could not connect to a server, which need be none of these.
    void unreached(String server) {
        if (servers.contains(server)) {
            unreached.put(server, nanos.getAsLong());
        }
    }

    /// A server, which need be none of these, has answered.
    void reached(String server) {
        unreached.remove(server);
    }
}
