package dev.whirl.store;

import static dev.whirl.store.Examples.GUEST;
import static dev.whirl.store.Examples.NOON;
import static dev.whirl.store.Examples.action;
import static dev.whirl.store.Examples.binding;
import static dev.whirl.store.Examples.id;
import static dev.whirl.store.Examples.pkg;
import static dev.whirl.store.Examples.rule;
import static dev.whirl.store.Examples.trigger;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.model.entity.Action;
import dev.whirl.model.entity.Collection;
import dev.whirl.model.entity.Entity;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.entity.Trigger;
import dev.whirl.store.Entities.Query;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What every adapter does with packages, triggers and rules, and with changes of several entities.
public interface EntityKindsContract {
    EntityName TOOLS = new EntityName("tools");

    Stores stores();

    private Entities entities() {
        return stores().entities();
    }

    @Test
    @Tag("R-11")
    default void everyKindOfEntityIsFoundAndListedInItsCollection() throws Exception {
        List<Entity> all = List.of(
                action("action", NOON),
                pkg("package", true, NOON),
                binding("binding", id("package"), NOON.minusSeconds(1)),
                trigger("trigger", NOON).withRule(id("rule"), new Trigger.Link(id("action"), true)),
                rule("rule", id("trigger"), id("action"), NOON));

        for (Entity each : all) {
            Revision revision = entities().put(each, null);
            assertThat(entities().find(each.id())).contains(new Entities.Stored(each, revision));
            assertThat(entities().head(each.id())).contains(new Entities.Head(each.id(), each.collection(), revision));
        }

        for (Collection each : Collection.values()) {
            List<Entity> expected =
                    all.stream().filter(entity -> entity.collection() == each).toList();
            assertThat(entities().list(new Query(GUEST, each, null, 0, 30))).isEqualTo(expected);
            assertThat(entities().count(new Query(GUEST, each, null, 0, 30))).isEqualTo(expected.size());
        }
        assertThat(entities().head(id("nothing"))).isEmpty();
    }

    @Test
    @Tag("R-16")
    default void aNameHoldsOneEntityOfWhicheverKind() throws Exception {
        Revision revision = entities().put(trigger("name", NOON), null);

        assertThatThrownBy(() -> entities().put(action("name", NOON), null))
                .isInstanceOfSatisfying(
                        ConflictException.class, e -> assertThat(e.document()).isEqualTo("guest/name"));

        assertThat(entities().head(id("name"))).map(Entities.Head::collection).contains(Collection.TRIGGERS);
        entities().put(action("name", NOON), revision);
        assertThat(entities().count(new Query(GUEST, Collection.TRIGGERS, null, 0, 0)))
                .isZero();
        assertThat(entities().count(new Query(GUEST, Collection.ACTIONS, null, 0, 0)))
                .isEqualTo(1);
    }

    @Test
    @Tag("R-36")
    @Tag("A-6")
    default void strangersAreShownPublicPackagesButNoBindings() throws Exception {
        entities().put(pkg("old", true, NOON), null);
        entities().put(pkg("new", true, NOON.plusSeconds(2)), null);
        Revision hidden = entities().put(pkg("hidden", false, NOON.plusSeconds(1)), null);
        entities().put(binding("bound", id("old"), NOON), null);

        assertThat(names(Query.publicPackages(GUEST, 0, 30))).containsExactly("new", "old");
        assertThat(entities().count(Query.publicPackages(GUEST, 1, 30))).isEqualTo(1);
        Revision shown = entities().put(pkg("hidden", true, NOON.plusSeconds(1)), hidden);
        assertThat(names(Query.publicPackages(GUEST, 0, 30))).containsExactly("new", "hidden", "old");
        assertThat(names(Query.publicPackages(GUEST, 1, 1))).containsExactly("hidden");
        entities().delete(id("hidden"), shown);
        assertThat(names(Query.publicPackages(GUEST, 0, 30))).containsExactly("new", "old");
        assertThat(entities().count(new Query(GUEST, Collection.PACKAGES, null, 0, 30)))
                .isEqualTo(3);
        assertThat(names(new Query(GUEST, Collection.ACTIONS, null, true, 0, 30)))
                .isEmpty();
    }

    @Test
    @Tag("R-24")
    @Tag("R-29")
    default void actionsOfAPackageAreCountedAndListedAlsoInTheNamespace() throws Exception {
        entities().put(action(id("tools", "a"), Examples.CODE, NOON), null);
        Revision revision = entities().put(action(id("tools", "b"), Examples.CODE, NOON.plusSeconds(1)), null);
        entities().put(action("c", NOON), null);

        assertThat(entities().countInPackage(GUEST, TOOLS)).isEqualTo(2);
        assertThat(entities().countInPackage(GUEST, new EntityName("other"))).isZero();
        assertThat(names(new Query(GUEST, Collection.ACTIONS, TOOLS, 0, 30))).containsExactly("b", "a");
        assertThat(names(new Query(GUEST, Collection.ACTIONS, null, 0, 30))).containsExactly("b", "c", "a");
        entities().delete(id("tools", "b"), revision);
        assertThat(entities().countInPackage(GUEST, TOOLS)).isEqualTo(1);
    }

    @Test
    @Tag("R-16")
    default void severalWritesAreMadeInOne() throws Exception {
        Revision before = entities().put(trigger("trigger", NOON), null);
        Trigger linked = trigger("trigger", NOON).withRule(id("rule"), new Trigger.Link(id("action"), true));

        List<Revision> revisions = entities()
                .applyAll(List.of(
                        new Write.Put(rule("rule", id("trigger"), id("action"), NOON), null),
                        new Write.Put(linked, before)));

        assertThat(revisions).hasSize(2);
        assertThat(entities().find(id("rule"))).map(Entities.Stored::revision).contains(revisions.getFirst());
        assertThat(entities().find(id("trigger"))).contains(new Entities.Stored(linked, revisions.getLast()));
    }

    @Test
    @Tag("R-16")
    default void ofSeveralWritesNoneIsMadeIfOneIsRefused() throws Exception {
        Revision old = entities().put(trigger("trigger", NOON), null);
        Revision current = entities().put(trigger("trigger", NOON.plusSeconds(1)), old);
        Revision doomed = entities().put(action("doomed", NOON), null);

        assertThatThrownBy(() -> entities()
                        .applyAll(List.of(
                                new Write.Put(rule("rule", id("trigger"), id("action"), NOON), null),
                                new Write.Delete(id("doomed"), doomed),
                                new Write.Put(trigger("trigger", NOON), old))))
                .isInstanceOfSatisfying(
                        ConflictException.class, e -> assertThat(e.document()).isEqualTo("guest/trigger"));

        assertThat(entities().find(id("rule"))).isEmpty();
        assertThat(entities().count(new Query(GUEST, Collection.RULES, null, 0, 0)))
                .isZero();
        assertThat(entities().find(id("doomed"))).map(Entities.Stored::revision).contains(doomed);
        assertThat(entities().count(new Query(GUEST, Collection.ACTIONS, null, 0, 0)))
                .isEqualTo(1);
        assertThat(entities().find(id("trigger")))
                .map(Entities.Stored::revision)
                .contains(current);
    }

    @Test
    @Tag("R-103")
    default void aPackageIsDeletedWhenItIsEmptyOrWithItsActions() throws Exception {
        Revision revision = entities().put(pkg("tools", true, NOON), null);
        Revision action = entities().put(action(id("tools", "a"), Examples.CODE, NOON), null);
        var isEmpty = new Write.Empty(GUEST, TOOLS);
        var delete = new Write.Delete(id("tools"), revision);

        assertThatThrownBy(() -> entities().applyAll(List.of(isEmpty, delete)))
                .isInstanceOfSatisfying(
                        ConflictException.class, e -> assertThat(e.document()).isEqualTo("guest/tools"));
        assertThat(entities().find(id("tools"))).isPresent();

        entities().applyAll(List.of(new Write.Delete(id("tools", "a"), action), isEmpty, delete));
        assertThat(entities().find(id("tools"))).isEmpty();
        assertThat(entities().countInPackage(GUEST, TOOLS)).isZero();
    }

    @Test
    @Tag("R-103")
    default void noActionIsLeftInAPackageThatIsDeletedMeanwhile() throws Exception {
        for (int round = 0; round < 30; round++) {
            EntityId tools = id("tools" + round);
            Revision revision = entities().put(pkg("tools" + round, true, NOON), null);
            Action member = action(tools.member(new EntityName("a")), Examples.CODE, NOON);
            List<List<Write>> changes = List.of(
                    List.of(new Write.Present(tools), new Write.Put(member, null)),
                    List.of(new Write.Empty(GUEST, tools.name()), new Write.Delete(tools, revision)));

            EntitiesContract.inParallel(2, number -> {
                try {
                    entities().applyAll(changes.get(number));
                } catch (ConflictException e) {
                    assertThat(e.document()).isEqualTo(tools.toString());
                }
            });

            assertThat(entities().find(tools).isPresent())
                    .isEqualTo(entities().find(member.id()).isPresent());
        }
    }

    @Test
    @Tag("R-11")
    default void countsAgreeWithListsAfterAnyChanges() throws Exception {
        var random = new Random(11);
        var revisions = new HashMap<EntityId, Revision>();
        for (int i = 0; i < 600; i++) {
            Entity entity = any(random);
            Revision known = revisions.get(entity.id());
            if (known != null && random.nextInt(3) == 0) {
                entities().delete(entity.id(), known);
                revisions.remove(entity.id());
            } else {
                revisions.put(entity.id(), entities().put(entity, known));
            }
        }

        var queries = new ArrayList<Query>();
        queries.add(Query.publicPackages(GUEST, 0, 1000));
        for (Collection each : Collection.values()) {
            queries.add(new Query(GUEST, each, null, 0, 1000));
            queries.add(new Query(GUEST, each, TOOLS, 0, 1000));
        }
        for (Query each : queries) {
            assertThat(entities().count(each)).isEqualTo(entities().list(each).size());
        }
        assertThat(entities().count(queries.getFirst())).isPositive();
    }

    private static Entity any(Random random) {
        String name = "e" + random.nextInt(40);
        var updated = NOON.plusMillis(random.nextInt(1000));
        return switch (random.nextInt(6)) {
            case 0 -> action(name, updated);
            case 1 -> action(id("tools", name), Examples.CODE, updated);
            case 2 -> pkg(name, random.nextBoolean(), updated);
            case 3 -> binding(name, id("tools"), updated);
            case 4 -> trigger(name, updated);
            default -> rule(name, id("t"), id("a"), updated);
        };
    }

    private List<String> names(Query query) {
        return entities().list(query).stream()
                .map(each -> each.id().name().value())
                .toList();
    }
}
