package dev.whirl.server.admin;

import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.identity.AuthKey;
import dev.whirl.model.identity.Subject;
import dev.whirl.store.Subjects;
import java.util.List;

/// The two users that every OpenWhisk on one machine has, with keys that everybody knows (row A-5).
public final class DefaultIdentities {
    public static final Subject GUEST = subject(
            "guest",
            "23bc46b1-71f6-4ed5-8c54-816aa4f8c502",
            "123zO3xZCLrMN6v2BKK1dXYFpXlPkccOFqm12CdAsMgRU4VrNZ9lyGVCGuMDGIwP");
    private static final Subject SYSTEM = subject(
            "whisk.system",
            "789c46b1-71f6-4ed5-8c54-816aa4f8c502",
            "abczO3xZCLrMN6v2BKK1dXYFpXlPkccOFqm12CdAsMgRU4VrNZ9lyGVCGuMDGIwP");
    public static final List<Subject> ALL = List.of(GUEST, SYSTEM);

    private DefaultIdentities() {}

    /// Creates them in a store that has no users at all; one that has some is left alone.
    public static void seed(Subjects subjects) {
        if (subjects.list().isEmpty()) {
            ALL.forEach(subjects::put);
        }
    }

    /// Whether a key that everybody knows is in use.
    public static boolean areInUse(Subjects subjects) {
        return ALL.stream()
                .flatMap(each -> each.memberships().stream())
                .anyMatch(membership -> subjects.byKey(membership.key().uuid())
                        .filter(identity -> identity.key().matches(membership.key()))
                        .isPresent());
    }

    private static Subject subject(String name, String uuid, String secret) {
        var membership = new Subject.Membership(new NamespaceName(name), new AuthKey(uuid, secret));
        return new Subject(name, List.of(membership), false);
    }
}
