package dev.whirl.server.admin;

import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.identity.AuthKey;
import dev.whirl.model.identity.Identity;
import dev.whirl.model.identity.Subject;
import dev.whirl.model.identity.Subject.Membership;
import dev.whirl.store.ConflictException;
import dev.whirl.store.Subjects;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Users and their keys, with the answers of `wskadmin user` (row A-7). Each method prints its answer and gives the
/// exit code.
final class Accounts {
    private static final String MISSING = "not found";
    private static final String CHANGED_MEANWHILE = "it was changed by somebody else at the same time";

    private final Subjects subjects;
    private final Runnable changed;
    private final Consumer<String> out;

    Accounts(Administered place, Consumer<String> out) {
        this.subjects = place.stores().subjects();
        this.changed = place::identitiesChanged;
        this.out = out;
    }

    /// Gives a subject a key for a namespace, and prints it; a subject that does not exist is made.
    ///
    /// @param revokes whether a key that is there gets a new secret
    int create(Subject wanted, boolean revokes) {
        Membership asked = wanted.memberships().getFirst();
        Optional<Subjects.Stored> found = subjects.stored(wanted.name());
        if (found.isEmpty()) {
            return put(wanted, null, "create subject") ? say(asked.key().reveal()) : AdminTask.FAILED;
        }
        Subject old = found.get().subject();
        if (old.isBlocked()) {
            return fail("The subject you want to edit is blocked");
        }
        Optional<Membership> there = membership(old, asked.namespace());
        if (there.isPresent() && !revokes) {
            return fail("Namespace already exists");
        }
        Membership next = there.map(each -> new Membership(
                        each.namespace(),
                        new AuthKey(each.key().uuid(), asked.key().secret())))
                .orElse(asked);
        var memberships = new ArrayList<>(without(old, asked.namespace()));
        memberships.add(next);
        return put(new Subject(old.name(), memberships, false), found.get(), "create subject")
                ? say(next.key().reveal())
                : AdminTask.FAILED;
    }

    /// Sees to it that a subject has this key for its namespace, whatever was before. Prints what was done, not the
    /// key.
    int keep(Subject wanted) {
        Membership asked = wanted.memberships().getFirst();
        Optional<Subjects.Stored> found = subjects.stored(wanted.name());
        if (found.isEmpty()) {
            return put(wanted, null, "create subject") ? say(wanted.name() + " is made") : AdminTask.FAILED;
        }
        Subject old = found.get().subject();
        if (has(old, asked)) {
            return say(wanted.name() + " has its key");
        }
        var memberships = new ArrayList<>(without(old, asked.namespace()));
        memberships.add(asked);
        return put(new Subject(old.name(), memberships, old.isBlocked()), found.get(), "give a key")
                ? say(wanted.name() + " has a new key")
                : AdminTask.FAILED;
    }

    /// Whether a subject has this key for its namespace.
    boolean has(Subject wanted) {
        Membership asked = wanted.memberships().getFirst();
        return subjects.find(wanted.name()).filter(each -> has(each, asked)).isPresent();
    }

    /// Takes this key for its namespace from a subject that has it still, and the subject away if that was
    /// its only one. Who has been given another key since keeps it.
    int withdraw(Subject unwanted) {
        Membership asked = unwanted.memberships().getFirst();
        Optional<Subjects.Stored> found = subjects.stored(unwanted.name());
        if (found.isEmpty()) {
            return say(unwanted.name() + " is not there");
        }
        if (!has(found.get().subject(), asked)) {
            return say(unwanted.name() + " has another key, and stays");
        }
        List<Membership> left = without(found.get().subject(), asked.namespace());
        return left.isEmpty() ? delete(found.get()) : reduce(found.get(), left);
    }

    /// Takes a subject away, or its key for one namespace.
    int delete(String name, @Nullable NamespaceName namespace) {
        Optional<Subjects.Stored> found = subjects.stored(name);
        if (found.isEmpty()) {
            return fail("Failed to delete subject (%s)".formatted(MISSING));
        }
        if (namespace == null) {
            return delete(found.get());
        }
        List<Membership> left = without(found.get().subject(), namespace);
        if (left.size() == found.get().subject().memberships().size()) {
            return fail("Namespace \"%s\" does not exist for \"%s\"".formatted(namespace, name));
        }
        return reduce(found.get(), left);
    }

    private int reduce(Subjects.Stored old, List<Membership> left) {
        var next = new Subject(old.subject().name(), left, old.subject().isBlocked());
        return put(next, old, "remove namespace") ? say("Namespace deleted") : AdminTask.FAILED;
    }

    private int delete(Subjects.Stored old) {
        try {
            subjects.delete(old.subject().name(), old.revision());
        } catch (ConflictException e) {
            return fail("Failed to delete subject (%s)".formatted(CHANGED_MEANWHILE));
        }
        changed.run();
        return say("Subject deleted");
    }

    /// Prints a subject's key for one namespace.
    int get(String name, NamespaceName namespace) {
        Optional<Subject> found = subjects.find(name);
        if (found.isEmpty()) {
            return fail("Failed to get subject (%s)".formatted(MISSING));
        }
        return membership(found.get(), namespace)
                .map(each -> say(each.key().reveal()))
                .orElseGet(() -> fail("namespace \"%s\" not found for \"%s\"".formatted(namespace, name)));
    }

    /// Prints all of a subject's namespaces with their keys.
    int getAll(String name) {
        Optional<Subject> found = subjects.find(name);
        if (found.isEmpty()) {
            return fail("Failed to get subject (%s)".formatted(MISSING));
        }
        found.get()
                .memberships()
                .forEach(each -> out.accept(each.namespace() + "\t" + each.key().reveal()));
        return AdminTask.DONE;
    }

    /// Prints whose key this is. A blocked subject's is nobody's.
    int whois(AuthKey key) {
        Optional<Identity> found =
                subjects.byKey(key.uuid()).filter(each -> each.key().matches(key));
        if (found.isEmpty()) {
            return say("Subject id is not recognized");
        }
        out.accept("subject: " + found.get().subject());
        return say("namespace: " + found.get().namespace().name());
    }

    /// Prints the keys with which a namespace can be used: those of subjects that are not blocked (row A-3).
    ///
    /// @param most how many
    int list(NamespaceName namespace, long most, boolean isKeyOnly) {
        List<String> keys = subjects.inNamespace(namespace).stream()
                .filter(each -> !each.isBlocked())
                .flatMap(each ->
                        keys(each, namespace).map(key -> isKeyOnly ? key.reveal() : key.reveal() + "\t" + each.name()))
                .limit(most)
                .toList();
        if (keys.isEmpty()) {
            return say("no identities found for namespace \"%s\"".formatted(namespace));
        }
        keys.forEach(out);
        return AdminTask.DONE;
    }

    /// Blocks or unblocks subjects: all that can be.
    int block(List<String> names, boolean isBlocked) {
        String verb = isBlocked ? "block" : "unblock";
        boolean hasFailed = false;
        for (String name : names) {
            hasFailed |= !block(name, isBlocked, verb);
        }
        return hasFailed ? AdminTask.FAILED : AdminTask.DONE;
    }

    private boolean block(String name, boolean isBlocked, String verb) {
        Optional<Subjects.Stored> found = subjects.stored(name);
        if (found.isEmpty()) {
            out.accept("Failed to %s \"%s\" (%s)".formatted(verb, name, MISSING));
            return false;
        }
        var next = new Subject(name, found.get().subject().memberships(), isBlocked);
        if (!put(next, found.get(), "%s \"%s\"".formatted(verb, name))) {
            return false;
        }
        out.accept("\"%s\" %sed successfully".formatted(name, verb));
        return true;
    }

    /// @param aim what it was for, to be told if it fails
    private boolean put(Subject next, Subjects.@Nullable Stored old, String aim) {
        try {
            subjects.put(next, old == null ? null : old.revision());
        } catch (ConflictException e) {
            boolean isKey = e.document().startsWith("key ");
            out.accept("Failed to %s (%s)"
                    .formatted(aim, isKey ? "another subject has a key with this uuid" : CHANGED_MEANWHILE));
            return false;
        }
        changed.run();
        return true;
    }

    private int say(String line) {
        out.accept(line);
        return AdminTask.DONE;
    }

    private int fail(String line) {
        out.accept(line);
        return AdminTask.FAILED;
    }

    private static boolean has(Subject subject, Membership asked) {
        return membership(subject, asked.namespace())
                .filter(each -> each.key().matches(asked.key()))
                .isPresent();
    }

    private static Optional<Membership> membership(Subject subject, NamespaceName namespace) {
        return subject.memberships().stream()
                .filter(each -> each.namespace().equals(namespace))
                .findFirst();
    }

    private static Stream<AuthKey> keys(Subject subject, NamespaceName namespace) {
        return subject.memberships().stream()
                .filter(each -> each.namespace().equals(namespace))
                .map(Membership::key);
    }

    private static List<Membership> without(Subject subject, NamespaceName namespace) {
        return subject.memberships().stream()
                .filter(each -> !each.namespace().equals(namespace))
                .toList();
    }
}
