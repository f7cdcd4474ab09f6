package dev.whirl.store;

import static dev.whirl.store.Examples.membership;
import static dev.whirl.store.Examples.subject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.identity.Identity;
import dev.whirl.model.identity.Subject;
import dev.whirl.model.limits.NamespaceLimits;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What every adapter does with subjects.
public interface SubjectsContract {
    Stores stores();

    private Subjects subjects() {
        return stores().subjects();
    }

    @Test
    @Tag("A-1")
    default void aSubjectIsFoundByNameAndEachOfItsKeys() {
        var anna = new Subject("annalise", List.of(membership("first", "u1"), membership("second", "u2")), false);

        subjects().put(anna);

        assertThat(subjects().find("annalise")).contains(anna);
        assertThat(subjects().list()).containsExactly(anna);
        assertThat(subjects().byKey("u1")).map(Identity::namespace).hasValueSatisfying(namespace -> {
            assertThat(namespace.name()).isEqualTo(new NamespaceName("first"));
            assertThat(namespace.uuid()).isEqualTo("u1");
        });
        assertThat(subjects().byKey("u2")).hasValueSatisfying(identity -> {
            assertThat(identity.subject()).isEqualTo("annalise");
            assertThat(identity.key()).isEqualTo(membership("second", "u2").key());
            assertThat(identity.limits()).isEqualTo(NamespaceLimits.NONE);
        });
        assertThat(subjects().byKey("u3")).isEmpty();
        assertThat(subjects().find("nobody")).isEmpty();
    }

    @Test
    @Tag("A-1")
    default void aNewKeyTakesTheOldOneAway() {
        subjects().put(subject("annalise", "first", "u1"));

        subjects().put(subject("annalise", "first", "u2"));

        assertThat(subjects().byKey("u1")).isEmpty();
        assertThat(subjects().byKey("u2")).isPresent();
    }

    @Test
    @Tag("A-3")
    default void aBlockedSubjectHasNoIdentity() {
        subjects().put(new Subject("annalise", List.of(membership("first", "u1")), true));

        assertThat(subjects().byKey("u1")).isEmpty();
        assertThat(subjects().byNamespace(new NamespaceName("first"))).isEmpty();
        assertThat(subjects().find("annalise")).isPresent();
    }

    @Test
    @Tag("A-1")
    default void aSharedNamespaceKeepsAnIdentityUntilItsLastSubjectLeaves() {
        var shared = new NamespaceName("shared");
        subjects().put(subject("annalise", "shared", "u1"));
        subjects().put(subject("berthold", "shared", "u2"));

        subjects().put(subject("annalise", "own", "u3"));

        assertThat(subjects().byNamespace(shared)).map(Identity::subject).contains("berthold");
        subjects().put(new Subject("berthold", List.of(), false));
        assertThat(subjects().byNamespace(shared)).isEmpty();
        assertThat(subjects().byNamespace(new NamespaceName("own"))).isPresent();
    }

    @Test
    @Tag("A-2")
    default void anIdentityCarriesTheLimitsOfItsNamespace() {
        var limits = new NamespaceLimits(5, 2, 7, Set.of("nodejs:20"), false);
        subjects().put(subject("annalise", "first", "u1"));

        subjects().putLimits(new NamespaceName("first"), limits);

        assertThat(subjects().byKey("u1")).map(Identity::limits).contains(limits);
        assertThat(subjects().limits(new NamespaceName("first"))).isEqualTo(limits);
        subjects().putLimits(new NamespaceName("first"), NamespaceLimits.NONE);
        assertThat(subjects().byNamespace(new NamespaceName("first")))
                .map(Identity::limits)
                .contains(NamespaceLimits.NONE);
    }

    @Test
    @Tag("A-7")
    default void theLimitsOfAllNamespacesAreListedByName() {
        var few = new NamespaceLimits(1, null, null, null, null);
        subjects().putLimits(new NamespaceName("second"), few);
        subjects().putLimits(new NamespaceName("first"), few);
        subjects().putLimits(new NamespaceName("third"), few);
        subjects().putLimits(new NamespaceName("third"), NamespaceLimits.NONE);

        assertThat(subjects().allLimits().keySet())
                .containsExactly(new NamespaceName("first"), new NamespaceName("second"));
    }

    @Test
    @Tag("A-7")
    default void aSubjectIsChangedOnlyInTheRevisionThatWasRead() throws Exception {
        Revision first = subjects().put(subject("annalise", "first", "u1"), null);
        Subject blocked = new Subject("annalise", List.of(membership("first", "u1")), true);

        Revision second = subjects().put(blocked, first);

        assertThat(subjects().stored("annalise")).contains(new Subjects.Stored(blocked, second));
        assertThatThrownBy(() -> subjects().put(subject("annalise", "first", "u9"), first))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("annalise");
        assertThatThrownBy(() -> subjects().put(subject("annalise", "first", "u9"), null))
                .isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> subjects().put(subject("berthold", "first", "u9"), first))
                .isInstanceOf(ConflictException.class);
        assertThat(subjects().find("annalise")).contains(blocked);
        assertThat(subjects().byKey("u9")).isEmpty();
    }

    @Test
    @Tag("A-7")
    default void writingWithoutARevisionMakesANewOne() throws Exception {
        Revision first = subjects().put(subject("annalise", "first", "u1"), null);

        subjects().put(subject("annalise", "first", "u2"));

        assertThatThrownBy(() -> subjects().delete("annalise", first)).isInstanceOf(ConflictException.class);
    }

    @Test
    @Tag("A-7")
    default void aDeletedSubjectAndItsKeysAreGone() throws Exception {
        Revision revision = subjects().put(subject("annalise", "first", "u1"), null);
        subjects().putLimits(new NamespaceName("first"), new NamespaceLimits(5, 2, 7, Set.of(), false));
        assertThatThrownBy(() -> subjects().delete("annalise", new Revision("0-0")))
                .isInstanceOf(ConflictException.class);

        subjects().delete("annalise", revision);

        assertThat(subjects().find("annalise")).isEmpty();
        assertThat(subjects().list()).isEmpty();
        assertThat(subjects().byKey("u1")).isEmpty();
        assertThat(subjects().byNamespace(new NamespaceName("first"))).isEmpty();
        assertThat(subjects().inNamespace(new NamespaceName("first"))).isEmpty();
        assertThat(subjects().limits(new NamespaceName("first"))).isNotEqualTo(NamespaceLimits.NONE);
        assertThatThrownBy(() -> subjects().delete("annalise", revision)).isInstanceOf(ConflictException.class);
    }

    @Test
    @Tag("A-7")
    default void theSubjectsOfANamespaceAreListedByNameBlockedOnesToo() {
        Subject berthold = new Subject("berthold", List.of(membership("shared", "u2")), true);
        Subject anna = new Subject("annalise", List.of(membership("own", "u1"), membership("shared", "u3")), false);
        List.of(berthold, anna, subject("caroline", "shared2", "u4")).forEach(subjects()::put);

        assertThat(subjects().inNamespace(new NamespaceName("shared"))).containsExactly(anna, berthold);
        assertThat(subjects().inNamespace(new NamespaceName("own"))).containsExactly(anna);
        assertThat(subjects().inNamespace(new NamespaceName("nobodys"))).isEmpty();
    }

    @Test
    @Tag("A-1")
    default void aKeyOfSomebodyElseIsNotTaken() throws Exception {
        Revision revision = subjects().put(subject("annalise", "first", "u1"), null);

        assertThatThrownBy(() -> subjects().put(subject("berthold", "second", "u1"), null))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("u1");

        assertThat(subjects().find("berthold")).isEmpty();
        assertThat(subjects().byKey("u1")).map(Identity::subject).contains("annalise");
        subjects().delete("annalise", revision);
        subjects().put(subject("berthold", "second", "u1"), null);
        assertThat(subjects().byKey("u1")).map(Identity::subject).contains("berthold");
    }
}
