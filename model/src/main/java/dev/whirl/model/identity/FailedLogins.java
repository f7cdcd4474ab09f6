package dev.whirl.model.identity;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;

/// Slows down those who guess keys (attack 32). Counts wrong credentials by address in the calendar minute; too
/// many of them are answered late, a bounded number at a time, and at once beyond that. Only failures are: correct
/// credentials always pass, so that nobody locks out others behind the same address. `failures` is its own lock.
public final class FailedLogins {
    /// How late a guess is answered after too many.
    public static final Duration DELAY = Duration.ofSeconds(1);

    private static final int ADDRESSES = 10_000;
    private static final int HELD_UP = 256;
    private static final int IPV6_NETWORK_BYTES = 8;

    private final int allowed;
    private final Duration delay;
    private final InstantSource clock;
    private final Semaphore heldUp = new Semaphore(HELD_UP);
    private final Map<String, Window> failures = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Window> longestUnseen) {
            return size() > ADDRESSES;
        }
    };

    private record Window(long minute, int count) {
        Window next(long now) {
            return minute == now ? new Window(now, Math.min(count, Integer.MAX_VALUE - 1) + 1) : new Window(now, 1);
        }
    }

    /// @param allowedPerMinute failures from one address that are answered without delay
    public FailedLogins(int allowedPerMinute, Duration delay, InstantSource clock) {
        this.allowed = allowedPerMinute;
        this.delay = delay;
        this.clock = clock;
    }

    /// Counts a failure. Takes a while if there were too many.
    ///
    /// @return whether there were too many
    public boolean isTooMany(InetAddress address) {
        boolean isTooMany = count(network(address)) > allowed;
        if (isTooMany && heldUp.tryAcquire()) {
            try {
                Thread.sleep(delay);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                heldUp.release();
            }
        }
        return isTooMany;
    }

    private int count(String network) {
        long minute = clock.instant().getEpochSecond() / 60;
        synchronized (failures) {
            Window window =
                    failures.getOrDefault(network, new Window(minute, 0)).next(minute);
            failures.put(network, window);
            return window.count();
        }
    }

    /// One host of IPv6 has a whole network of addresses.
    private static String network(InetAddress address) {
        byte[] bytes = address.getAddress();
        return HexFormat.of()
                .formatHex(address instanceof Inet6Address ? Arrays.copyOf(bytes, IPV6_NETWORK_BYTES) : bytes);
    }
}
