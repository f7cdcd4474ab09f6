package dev.whirl.cluster;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// One process of a cluster that was started.
///
/// @param role `broker`, `database`, `redis`, `controller`, `invoker`, `gateway`, `feeds` or `router`
/// @param name of this one among its equals: `controller0`
/// @param address where it listens: an `http://` URL, or `host:port`
/// @param startedMillis when its process began: a process id alone may be somebody else's by now
/// @param log what it prints
record Member(String role, String name, String address, long pid, long startedMillis, Path log) {
    /// How it is: `up` if it answers, `starting` if its process lives and does not answer, `down` if it has ended.
    enum Health {
        UP,
        STARTING,
        DOWN;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Member of(String role, String name, String address, ProcessHandle process, Path log) {
        return new Member(role, name, address, process.pid(), startedMillis(process), log);
    }

    boolean isAlive() {
        return process().isPresent();
    }

    /// Its process, while it lives.
    Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid).filter(each -> each.isAlive() && startedMillis(each) == startedMillis);
    }

    private static long startedMillis(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    Health health() {
        if (!isAlive()) {
            return Health.DOWN;
        }
        return Probe.answers(address) ? Health.UP : Health.STARTING;
    }
}
