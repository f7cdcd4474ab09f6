package dev.whirl.cli.project;

import dev.whirl.cli.project.Owners.Owned;
import dev.whirl.client.ActionExec;
import dev.whirl.client.ActionUpdate;
import dev.whirl.client.KeyValues;
import dev.whirl.client.LimitsUpdate;
import dev.whirl.model.json.RawJson;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What actions have on the server: the server keeps what an update does not mention (row R-65), so
/// that a deployment must name what it takes away. Packages, triggers and rules are sent whole.
/// Pure.
///
/// @param actions what is there, by [EntityKey#asPlace]
record Leftovers(Map<EntityKey, Before> actions) {
    /// A mark that is not renewed must not stay, and what is no longer a web action must not be
    /// called by anybody: these go, even if nobody could be asked whether they are there.
    private static final List<String> NEVER_LEFT = List.of(Mark.ANNOTATION, "web-export");

    private static final String PROVIDE_API_KEY = "provide-api-key";

    /// What the server sets itself; what is only safe if it says false; and a secret, which belongs
    /// in no file.
    private static final Set<String> KEPT = Set.of("exec", PROVIDE_API_KEY, "require-whisk-auth");

    /// Those of an OpenWhisk that nobody configured (row R-64).
    private static final LimitsUpdate STANDARD = new LimitsUpdate(60_000L, 256L, 10L, 1L);

    /// An action as it is.
    record Before(KeyValues annotations, LimitsUpdate limits) {
        static final Before NOTHING = new Before(KeyValues.NONE, LimitsUpdate.NOTHING);
    }

    Leftovers {
        actions = Map.copyOf(actions);
    }

    /// @param owners what is on the server
    static Leftovers of(Owners owners) {
        var actions = new HashMap<EntityKey, Before>();
        for (Owned each : owners.all()) {
            EntityKey place = each.key().asPlace();
            if (place.kind() == EntityKey.Kind.ACTION) {
                actions.put(place, new Before(each.annotations(), each.limits()));
            }
        }
        return new Leftovers(actions);
    }

    /// These after a step.
    Leftovers after(Step step) {
        if (!(step instanceof Step.PutAction(var key, var update, var _))) {
            return this;
        }
        Before before = before(key);
        var changed = new HashMap<>(actions);
        changed.put(
                key.asPlace(),
                new Before(
                        before.annotations().overriddenBy(update.annotations()),
                        update.limits().orElse(before.limits())));
        return new Leftovers(changed);
    }

    /// Steps that leave nothing of what was there.
    List<Step> cleared(List<Step> steps) {
        return steps.stream().map(this::cleared).toList();
    }

    /// A step that leaves nothing of what was there.
    Step cleared(Step step) {
        return step instanceof Step.PutAction(var key, var update, var about)
                ? new Step.PutAction(key, cleared(update, before(key)), about)
                : step;
    }

    private static ActionUpdate cleared(ActionUpdate update, Before before) {
        KeyValues annotations = update.annotations();
        if (before.annotations().isTrue(PROVIDE_API_KEY)
                && annotations.find(PROVIDE_API_KEY).isEmpty()) {
            annotations = annotations.with(PROVIDE_API_KEY, RawJson.FALSE); // an action without it is given the key
        }
        var removed = new LinkedHashSet<>(NEVER_LEFT);
        removed.addAll(before.annotations().keys());
        removed.removeAll(KEPT);
        removed.removeAll(annotations.keys());
        ActionUpdate cleared = update.withAnnotations(annotations).withRemovedAnnotations(List.copyOf(removed));
        return update.exec() instanceof ActionExec.Sequence
                ? cleared
                : cleared.withLimits(update.limits().orElse(reset(before.limits())));
    }

    /// The standard of what is otherwise.
    private static LimitsUpdate reset(LimitsUpdate limits) {
        return new LimitsUpdate(
                reset(limits.timeoutMillis(), STANDARD.timeoutMillis()),
                reset(limits.memoryMebibytes(), STANDARD.memoryMebibytes()),
                reset(limits.logsMebibytes(), STANDARD.logsMebibytes()),
                reset(limits.concurrency(), STANDARD.concurrency()));
    }

    private static @Nullable Long reset(@Nullable Long limit, @Nullable Long standard) {
        return limit == null || limit.equals(standard) ? null : standard;
    }

    private Before before(EntityKey key) {
        return actions.getOrDefault(key.asPlace(), Before.NOTHING);
    }
}
