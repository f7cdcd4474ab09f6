package dev.whirl.feeds.webhook;

import dev.whirl.model.entity.EntityId;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/// Signatures that were seen lately, of each trigger by itself, each for as long as it would be accepted. Where there
/// are too many, the oldest of the same trigger are forgotten. The monitor guards all fields.
final class Repetitions {
    private static final int MOST_OF_A_TRIGGER = 1_000;
    private static final int MOST = 100_000;

    /// The trigger that had no post for longest comes first.
    private final Map<EntityId, Map<String, Seen>> seen = new LinkedHashMap<>(16, 0.75f, true);

    private int count;

    /// What is known of a signature.
    enum Standing {
        FIRST,
        UNDER_WAY,
        ACCEPTED
    }

    private record Seen(Instant end, boolean isAccepted) {}

    /// Notes a signature if it comes for the first time; then it is under way.
    ///
    /// @param window how long it could be sent again
    synchronized Standing begin(EntityId trigger, String signature, Duration window, Instant now) {
        Map<String, Seen> own = seen.computeIfAbsent(trigger, _ -> new LinkedHashMap<>());
        makeRoom(own, now);
        Seen known = own.get(signature);
        if (known != null) {
            return known.isAccepted() ? Standing.ACCEPTED : Standing.UNDER_WAY;
        }
        own.put(signature, new Seen(now.plus(window), false));
        count++;
        if (count > MOST) {
            forgetOldest();
        }
        return Standing.FIRST;
    }

    /// What it was sent for happened.
    synchronized void accept(EntityId trigger, String signature) {
        Map<String, Seen> own = seen.get(trigger);
        if (own != null) {
            own.computeIfPresent(signature, (_, each) -> new Seen(each.end(), true));
        }
    }

    /// Lets a signature come again: what it was sent for did not happen.
    synchronized void forget(EntityId trigger, String signature) {
        Map<String, Seen> own = seen.get(trigger);
        if (own != null && own.remove(signature) != null) {
            count--;
            removeIfEmpty(trigger, own);
        }
    }

    private void makeRoom(Map<String, Seen> own, Instant now) {
        Iterator<Seen> all = own.values().iterator();
        while (all.hasNext()) {
            boolean isOver = all.next().end().isBefore(now);
            if (!isOver && own.size() < MOST_OF_A_TRIGGER) {
                return;
            }
            all.remove();
            count--;
        }
    }

    private void forgetOldest() {
        var idlest = seen.entrySet().iterator().next();
        Map<String, Seen> own = idlest.getValue();
        own.remove(own.keySet().iterator().next());
        count--;
        removeIfEmpty(idlest.getKey(), own);
    }

    private void removeIfEmpty(EntityId trigger, Map<String, Seen> own) {
        if (own.isEmpty()) {
            seen.remove(trigger);
        }
    }
}
