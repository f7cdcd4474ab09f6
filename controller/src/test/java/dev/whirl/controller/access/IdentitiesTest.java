package dev.whirl.controller.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.identity.AuthKey;
import dev.whirl.model.identity.Identity;
import dev.whirl.model.identity.Subject;
import dev.whirl.model.limits.NamespaceLimits;
import dev.whirl.store.Subjects;
import dev.whirl.store.memory.MemoryStores;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class IdentitiesTest {
    private static final NamespaceName GUEST = new NamespaceName("guest");
    private static final AuthKey KEY = new AuthKey("u", "s");

    private final Subjects subjects = new MemoryStores().subjects();
    private final Identities identities = new Identities(subjects, Duration.ofHours(1));

    private void put(boolean isBlocked) {
        subjects.put(new Subject("guest", List.of(new Subject.Membership(GUEST, KEY)), isBlocked));
    }

    @Test
    @Tag("A-4")
    void whatWasLookedUpCountsUntilAChangeIsTold() {
        put(false);
        assertThat(identities.byKey("u")).isPresent();
        assertThat(identities.byNamespace(GUEST)).isPresent();

        put(true);
        assertThat(identities.byKey("u")).isPresent();

        identities.changed();
        assertThat(identities.byKey("u")).isEmpty();
        assertThat(identities.byNamespace(GUEST)).isEmpty();
    }

    @Test
    @Tag("A-4")
    void anUnknownKeyIsKnownOnceItsCreationIsTold() {
        assertThat(identities.byKey("u")).isEmpty();

        put(false);
        identities.changed();

        assertThat(identities.byKey("u").map(Identity::subject)).contains("guest");
    }

    @Test
    @Tag("A-2")
    void limitsComeWithTheIdentity() {
        put(false);
        identities.byKey("u");

        var limits = new NamespaceLimits(5, null, null, null, null);
        subjects.putLimits(GUEST, limits);
        identities.changed();

        assertThat(identities.byKey("u").map(Identity::limits)).contains(limits);
    }
}
