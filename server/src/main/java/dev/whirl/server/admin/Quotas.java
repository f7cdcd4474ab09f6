package dev.whirl.server.admin;

import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.json.MalformedDocumentException;
import dev.whirl.model.json.RawJson;
import dev.whirl.model.json.SubjectDocuments;
import dev.whirl.model.limits.NamespaceLimits;
import dev.whirl.store.Subjects;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Consumer;

/// What namespaces may use, with the answers of `wskadmin limits` (row A-7). Each method prints its answer and gives
/// the exit code.
final class Quotas {
    private final Subjects subjects;
    private final Runnable changed;
    private final Consumer<String> out;

    Quotas(Administered place, Consumer<String> out) {
        this.subjects = place.stores().subjects();
        this.changed = place::identitiesChanged;
        this.out = out;
    }

    /// Sets some values; the others stay as they are.
    int set(NamespaceName namespace, Map<Quota, RawJson> values) {
        SequencedMap<String, RawJson> document = document(namespace);
        values.forEach((quota, value) -> document.put(quota.label, value));
        NamespaceLimits next;
        try {
            next = SubjectDocuments.readLimits(RawJson.object(document));
        } catch (MalformedDocumentException e) {
            return fail("Failed to set limits (%s)".formatted(e.getMessage()));
        }
        subjects.putLimits(namespace, next);
        changed.run();
        return say("Limits successfully set for \"%s\"".formatted(namespace));
    }

    int get(NamespaceName namespace) {
        if (subjects.limits(namespace).equals(NamespaceLimits.NONE)) {
            return fail("No limits found, default system limits apply");
        }
        Map<String, RawJson> document = document(namespace);
        for (Quota each : Quota.values()) {
            RawJson value = document.get(each.label);
            if (value != null) {
                out.accept(each.label + " = " + each.show(value));
            }
        }
        return AdminTask.DONE;
    }

    int delete(NamespaceName namespace) {
        if (subjects.limits(namespace).equals(NamespaceLimits.NONE)) {
            return fail("Failed to delete limits (not found)");
        }
        subjects.putLimits(namespace, NamespaceLimits.NONE);
        changed.run();
        return say("Limits deleted");
    }

    private SequencedMap<String, RawJson> document(NamespaceName namespace) {
        return SubjectDocuments.writeLimits(namespace, subjects.limits(namespace))
                .fields();
    }

    private int say(String line) {
        out.accept(line);
        return AdminTask.DONE;
    }

    private int fail(String line) {
        out.accept(line);
        return AdminTask.FAILED;
    }
}
