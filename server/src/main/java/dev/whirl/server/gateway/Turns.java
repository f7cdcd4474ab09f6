package dev.whirl.server.gateway;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Servers that take turns. One that could not be reached lately comes after the others.
final class Turns {
    private static final Duration LATELY = Duration.ofSeconds(2);

    private final List<String> servers;
    private final LongSupplier nanos;
    private final AtomicInteger turn = new AtomicInteger();
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
        int first = Math.floorMod(turn.getAndIncrement(), servers.size());
        Map<Boolean, List<String>> byReach = Stream.concat(
                        servers.subList(first, servers.size()).stream(), servers.subList(0, first).stream())
                .collect(Collectors.partitioningBy(this::wasReached));
        return Stream.of(true, false)
                .flatMap(each -> byReach.getOrDefault(each, List.of()).stream())
                .toList();
    }

    /// Somebody could not connect to a server, which need be none of these.
    void unreached(String server) {
        if (servers.contains(server)) {
            unreached.put(server, nanos.getAsLong());
        }
    }

    private boolean wasReached(String server) {
        Long since = unreached.get(server);
        return since == null || nanos.getAsLong() - since > LATELY.toNanos();
    }
}
