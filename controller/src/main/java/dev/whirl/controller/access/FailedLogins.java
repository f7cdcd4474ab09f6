package dev.whirl.controller.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/// Slows down those who guess keys (attack 32). Counts wrong credentials by address in the calendar minute; too
/// many of them are answered late, a bounded number at a time, and at once beyond that. Only failures are: correct
/// credentials always pass, so that nobody locks out others behind the same address.
final class FailedLogins {
    private static final int ADDRESSES = 10_000;
    private static final int HELD_UP = 256;
    private static final int IPV6_NETWORK_BYTES = 8;

    private final int allowed;
    private final Duration delay;
    private final InstantSource clock;
    private final Semaphore heldUp = new Semaphore(HELD_UP);
    /// Minute in the upper half, count in the lower.
    private final Cache<String, AtomicLong> failures = Caffeine.newBuilder()
            .maximumSize(ADDRESSES)
            .expireAfterAccess(Duration.ofMinutes(2))
            .build();

    FailedLogins(int allowedPerMinute, Duration delay, InstantSource clock) {
        this.allowed = allowedPerMinute;
        this.delay = delay;
        this.clock = clock;
    }

    /// Counts a failure. Takes a while if there were too many.
    ///
    /// @return whether there were too many
    boolean isTooMany(InetAddress address) {
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
        AtomicLong window = failures.get(network, _ -> new AtomicLong());
        return (int) window.updateAndGet(last ->
                last >>> 32 == minute ? Math.min(last + 1, (minute << 32) | Integer.MAX_VALUE) : (minute << 32) + 1);
    }

    /// One host of IPv6 has a whole network of addresses.
    private static String network(InetAddress address) {
        byte[] bytes = address.getAddress();
        return HexFormat.of()
                .formatHex(address instanceof Inet6Address ? Arrays.copyOf(bytes, IPV6_NETWORK_BYTES) : bytes);
    }
}
