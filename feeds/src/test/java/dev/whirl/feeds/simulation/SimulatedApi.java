package dev.whirl.feeds.simulation;

import dev.whirl.feeds.feed.FeedTrigger;
import dev.whirl.feeds.fire.FireOutcome;
import dev.whirl.feeds.fire.Fires;
import dev.whirl.model.json.RawJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The platform's API: remembers what was fired. It may fail before a firing or after it, and its caller may die then.
final class SimulatedApi implements Fires {
    /// @param scheduled for which time
    /// @param missedSince empty if it stands for its own time only
    /// @param isMarked whether it says that it may be a repetition
    record Firing(Instant scheduled, String missedSince, boolean isMarked) {}

    final Map<String, List<Firing>> fired = new TreeMap<>();
    final Set<String> deleted = new HashSet<>();
    boolean isAway;
    private Chance chance;

    SimulatedApi(Chance chance) {
        this.chance = chance;
    }

    /// From now on other things go wrong.
    void take(Chance other) {
        chance = other;
    }

    @Override
    public FireOutcome fire(FeedTrigger trigger, RawJson payload) {
        if (isAway) {
            return new FireOutcome.Unreachable("away", true);
        }
        crashOr();
        if (chance.callFails()) {
            return switch (chance.number(3)) {
                case 0 -> new FireOutcome.Refused(429, "Too many requests.");
                case 1 -> new FireOutcome.Refused(503, "No room.");
                default -> new FireOutcome.Unreachable("refused", true);
            };
        }
        RawJson about = payload.field("_feed").orElseThrow();
        fired.computeIfAbsent(trigger.trigger().name().value(), _ -> new ArrayList<>())
                .add(new Firing(
                        Instant.parse(text(about, "scheduled")),
                        text(about, "missedSince"),
                        about.hasField("duplicate")));
        crashOr();
        return chance.callFails() ? new FireOutcome.Unreachable("broken off", false) : new FireOutcome.Fired("0123");
    }

    @Override
    public FireOutcome delete(FeedTrigger trigger, boolean withRules) {
        crashOr();
        deleted.add(trigger.trigger().name().value());
        crashOr();
        return new FireOutcome.Fired("");
    }

    private void crashOr() {
        if (chance.crashes()) {
            throw new Crash();
        }
    }

    private static String text(RawJson about, String name) {
        return about.field(name).flatMap(RawJson::asText).orElse("");
    }
}
