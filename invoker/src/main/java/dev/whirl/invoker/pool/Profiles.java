package dev.whirl.invoker.pool;

import dev.whirl.invoker.demand.IdleTimes;
import dev.whirl.invoker.demand.KeepAlive;
import dev.whirl.invoker.demand.Worth;
import java.util.Collection;
import java.util.LinkedHashMap;

/// What the pool has learned of its actions; of so many at most, those used last. Guarded by the pool's lock.
final class Profiles {
    private static final int REMEMBERED_OF_ALL = 30_000;
    private static final IdleTimes NOTHING = new IdleTimes(1);

    private final PoolConfig config;
    private final IdleTimes all = new IdleTimes(REMEMBERED_OF_ALL);
    private final LinkedHashMap<ActionKey, Profile> profiles = new LinkedHashMap<>(16, 0.75f, true);

    Profiles(PoolConfig config) {
        this.config = config;
    }

    /// That of an action, which becomes the one used last.
    Profile of(ActionKey key) {
        Profile known = profiles.get(key);
        Profile profile = known == null ? new Profile() : known;
        remember(key, profile);
        return profile;
    }

    private void remember(ActionKey key, Profile profile) {
        profiles.put(key, profile);
        if (profiles.size() > config.demand().actions()) {
            profiles.pollFirstEntry();
        }
    }

    Collection<Profile> all() {
        return profiles.values();
    }

    /// An action is called.
    void called(ActionGroup group, Demand demand, long now) {
        Profile profile = group.profile;
        if (now - profile.rememberedNanos
                >= IdleTimes.SHORTEST_NANOS) { // as long as it has sandboxes nobody asks for it
            profile.rememberedNanos = now;
            remember(group.key, profile);
        }
        if (group.isBusy()) {
            noteOverlap(profile, now);
        }
        if (profile.demand != null && now - profile.lastNanos >= IdleTimes.SHORTEST_NANOS) {
            profile.times.add(now - profile.lastNanos);
            all.add(now - profile.lastNanos);
            profile.keepAlive = null;
        }
        profile.demand = demand;
        profile.lastNanos = now;
    }

    private static void noteOverlap(Profile profile, long now) {
        if (profile.hasOverlapped && now - profile.lastOverlapNanos >= IdleTimes.SHORTEST_NANOS) {
            profile.overlaps.add(now - profile.lastOverlapNanos);
        }
        profile.hasOverlapped = true;
        profile.lastOverlapNanos = now;
    }

    KeepAlive keepAlive(Profile profile) {
        KeepAlive known = profile.keepAlive;
        if (known == null) {
            known = config.demand().learns()
                    ? KeepAlive.of(
                            profile.times, config.idleTimeout(), config.demand().longestIdle())
                    : new KeepAlive(config.idleTimeout().toNanos(), 0, 0);
            profile.keepAlive = known;
        }
        return known;
    }

    private static IdleTimes times(Slot slot) {
        ActionGroup group = slot.group;
        if (group == null) {
            return NOTHING;
        }
        return group.isSpare(slot) ? group.profile.overlaps : group.profile.times;
    }

    /// What it is worth to keep a sandbox without work.
    double worth(Slot slot, long startNanos, long now) {
        long idle = now - slot.idleSinceNanos();
        return Worth.of(times(slot), all, idle, startNanos, slot.memoryBytes);
    }
}
