package dev.whirl.store;

import dev.whirl.common.time.SteadyClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The machine's clock for whoever deletes what is old: where it leaps ahead it is not believed at once. For some hours
/// time goes on as if nothing had happened, so that a clock that was set wrong can be set right before everything is
/// too old; then the machine is believed. Back, it may leap as it likes: that deletes nothing.
///
/// Leaps are seen when it is asked: ask it now and then. A machine that slept looks as if its clock had leapt; then
/// what is old goes some hours later.
final class CautiousClock implements InstantSource {
    /// How far it may go ahead at once.
    static final Duration LEAP = Duration.ofHours(1);

    /// How long it is not believed after that.
    static final Duration DOUBT = Duration.ofHours(6);

    private static final Logger LOG = LoggerFactory.getLogger(CautiousClock.class);

    private final InstantSource wall;
    private final InstantSource steady;

    /// From steady time to time that is believed.
    private Duration offset;

    /// In steady time; null while the machine is believed.
    private @Nullable Instant doubtedSince;

    CautiousClock() {
        this(InstantSource.system(), new SteadyClock());
    }

    /// @param wall the machine's clock
    /// @param steady one that nobody sets
    CautiousClock(InstantSource wall, InstantSource steady) {
        this.wall = wall;
        this.steady = steady;
        this.offset = Duration.between(steady.instant(), wall.instant());
    }

    @Override
    public synchronized Instant instant() {
        Instant now = steady.instant();
        Duration seen = Duration.between(now, wall.instant());
        Duration ahead = seen.minus(offset);
        if (ahead.compareTo(LEAP) <= 0) {
            believe(seen);
        } else if (doubtedSince == null) {
            doubtedSince = now;
            LOG.atWarn()
                    .addKeyValue("hoursAhead", ahead.toHours())
                    .log(
                            "the machine's clock has leapt ahead; what only it makes old is kept for {} hours more",
                            DOUBT.toHours());
        } else if (!now.isBefore(doubtedSince.plus(DOUBT))) {
            LOG.atWarn()
                    .addKeyValue("hoursAhead", ahead.toHours())
                    .log("the machine's clock is believed again: what is old by it is removed");
            believe(seen);
        }
        return now.plus(offset);
    }

    private void believe(Duration seen) {
        offset = seen;
        doubtedSince = null;
    }
}
