package dev.whirl.cli.project;

import dev.whirl.cli.project.AllowedLimits.Span;
import dev.whirl.cli.project.EntityKey.Kind;
import dev.whirl.client.EntityUpdate;
import dev.whirl.client.KeyValues;
import dev.whirl.client.LimitsUpdate;
import dev.whirl.model.entity.ActionPackage;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.json.RawJson;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Looks whether each entity of a project is one that the server takes: its name, limits and sizes
/// (rows ). Pure.
///
/// @param allowed what the server takes
/// @param findings is told what it does not take
record EntityCheck(AllowedLimits allowed, Whereabouts whereabouts, Findings findings) {
    private static final String SHARED =
            "packages, bindings, actions, triggers and rules of a namespace share their names: choose another one";

    void check(List<Step> steps) {
        var taken = new HashMap<String, EntityKey>();
        for (Step each : steps) {
            each.key().ifPresent(key -> {
                checkName(key);
                checkSharing(key, taken);
                checkContent(each, whereabouts.of(key));
            });
        }
    }

    /// Names on the server that belong to something of another kind.
    void checkSharing(List<Step> steps, Owners owners) {
        var there = new HashMap<String, EntityKey>();
        owners.all().stream()
                .map(Owners.Owned::key)
                .filter(key -> key.name().packageName() == null)
                .forEach(key -> there.put(key.name().name(), key));
        for (Step each : steps) {
            each.key().filter(key -> key.name().packageName() == null).ifPresent(key -> {
                EntityKey other = there.get(key.name().name());
                if (other != null && !isReplaceable(other, key)) {
                    findings.add(
                            "%son the server this is the name of %s, which it cannot replace: delete that first, or choose another name"
                                    .formatted(whereabouts.of(key), other));
                }
            });
        }
    }

    private void checkName(EntityKey key) {
        String name = key.name().name();
        String about = whereabouts.of(key);
        boolean isPackage = key.kind() == Kind.PACKAGE || key.kind() == Kind.BINDING;
        if (name.length() > EntityName.MAX_LENGTH) {
            findings.add("%sits name has %d characters, and servers take %d: choose a shorter one"
                    .formatted(about, name.length(), EntityName.MAX_LENGTH));
        } else if (!EntityName.isLegal(name)) {
            findings.add(
                    about
                            + "servers do not take its name: it must begin with a letter, digit or underscore, go on with these, @, ., &, - and spaces, and not end with a space");
        } else if (isPackage && name.equals(ActionPackage.RESERVED_NAME)) {
            findings.add("%sthe name '%s' is reserved: choose another one".formatted(about, name));
        }
    }

    /// @param taken what has which name in the namespace, so far
    private void checkSharing(EntityKey key, Map<String, EntityKey> taken) {
        if (key.name().packageName() != null) {
            return;
        }
        EntityKey other = taken.putIfAbsent(key.name().name(), key);
        if (other != null && !isReplaceable(other, key)) {
            findings.add("%sthis is the name of %s, too, and %s".formatted(whereabouts.of(key), other, SHARED));
        }
    }

    /// An action can become a sequence, and a sequence an action. A package cannot become a
    /// binding, or the other way.
    private static boolean isReplaceable(EntityKey there, EntityKey key) {
        boolean isAction =
                key.asPlace().kind() == Kind.ACTION && there.asPlace().kind() == Kind.ACTION;
        return isAction || key.kind() == there.kind();
    }

    private void checkContent(Step step, String about) {
        switch (step) {
            case Step.PutPackage(var _, var update, var _) -> checkSizes(about, update);
            case Step.Bind(var _, var _, var update) -> checkSizes(about, update);
            case Step.PutAction(var _, var update, var _) -> {
                checkSizes(about, new EntityUpdate(update.parameters(), update.annotations()));
                checkLimits(about, update.limits());
            }
            case Step.PutTrigger(var _, var update, var feed, var forFeed) -> {
                checkSizes(about, update);
                if (feed != null) {
                    RawJson payload = RawJson.object(forFeed);
                    checkSize(about, "'inputs' for the feed", payload.sizeBytes(), allowed.payloadBytes());
                }
            }
            case Step.PutRule(var _, var _, var _, var annotations) ->
                checkSizes(about, new EntityUpdate(null, annotations));
            case Step.PutApi _, Step.PutApiDocument _ -> {
                // the gateway has rules of its own
            }
        }
    }

    private void checkSizes(String about, EntityUpdate update) {
        checkSize(about, "'inputs'", sizeOf(update.parameters()), allowed.parameterBytes());
        checkSize(about, "'annotations'", sizeOf(update.annotations()), allowed.parameterBytes());
    }

    private static long sizeOf(@Nullable KeyValues values) {
        return values == null ? 0 : values.sizeBytes();
    }

    private void checkSize(String about, String what, long bytes, OptionalLong most) {
        if (most.isPresent() && bytes > most.getAsLong()) {
            findings.add("%sits %s have %d bytes, and the server takes %d: keep what is large in the code or elsewhere"
                    .formatted(about, what, bytes, most.getAsLong()));
        }
    }

    private void checkLimits(String about, LimitsUpdate limits) {
        checkLimit(about, "timeout", limits.timeoutMillis(), allowed.timeoutMillis(), " ms");
        checkLimit(about, "memorySize", limits.memoryMebibytes(), allowed.memoryMebibytes(), " MB");
        checkLimit(about, "logSize", limits.logsMebibytes(), allowed.logsMebibytes(), " MB");
        checkLimit(about, "concurrency", limits.concurrency(), allowed.concurrency(), "");
    }

    private void checkLimit(String about, String name, @Nullable Long value, @Nullable Span span, String unit) {
        if (value != null && span != null && !span.holds(value)) {
            findings.add("%sits limit '%s' is %d%s, and the server allows %d to %d%s"
                    .formatted(about, name, value, unit, span.min(), span.max(), unit));
        }
    }
}
