package dev.whirl.gateway.manage;

import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/// A lock for each tenant. Some tenants share one: there are as many as there are, however many tenants come.
final class TenantLocks {
    private static final int MANY = 256;

    private final ReentrantLock[] locks =
            Stream.generate(ReentrantLock::new).limit(MANY).toArray(ReentrantLock[]::new);

    ReentrantLock of(String tenant) {
        return locks[Math.floorMod(tenant.hashCode(), MANY)];
    }
}
