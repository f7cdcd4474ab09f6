package dev.whirl.store;

import static dev.whirl.store.Examples.CODE;
import static dev.whirl.store.Examples.GUEST;
import static dev.whirl.store.Examples.NOON;
import static dev.whirl.store.Examples.action;
import static dev.whirl.store.Examples.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.model.entity.Action;
import dev.whirl.model.entity.Collection;
import dev.whirl.model.entity.Entity;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.store.Entities.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What every adapter does with entities.
public interface EntitiesContract {
    Stores stores();

    private Entities entities() {
        return stores().entities();
    }

    @Test
    default void anEntityIsFoundAsItWasPut() throws Exception {
        Action hello = action("hello", NOON);

        Revision revision = entities().put(hello, null);

        assertThat(entities().find(hello.id())).contains(new Entities.Stored(hello, revision));
        assertThat(entities().find(id("other"))).isEmpty();
    }

    @Test
    @Tag("R-16")
    default void anUpdateWithAnOldRevisionIsRefusedAndChangesNothing() throws Exception {
        Action first = action("hello", NOON);
        Action second = action("hello", NOON.plusSeconds(1));
        Revision old = entities().put(first, null);
        Revision current = entities().put(second, old);

        assertThatThrownBy(() -> entities().put(first, old)).isInstanceOf(ConflictException.class);

        assertThat(current).isNotEqualTo(old);
        assertThat(entities().find(first.id())).contains(new Entities.Stored(second, current));
    }

    @Test
    @Tag("A-7")
    default void theNamespacesThatHaveEntitiesAreListedByName() throws Exception {
        for (String each : List.of("b", "a", "a b", "ab")) {
            var id = new EntityId(new NamespaceName(each), null, new EntityName("hello"));
            entities().put(action(id, CODE, NOON), null);
            entities().put(action(new EntityId(id.namespace(), null, new EntityName("other")), CODE, NOON), null);
        }

        assertThat(entities().namespaces())
                .extracting(NamespaceName::value)
                .containsExactlyInAnyOrder("a", "a b", "ab", "b");
    }

    @Test
    @Tag("R-16")
    default void whatExistsIsNotCreatedAgain() throws Exception {
        entities().put(action("hello", NOON), null);

        assertThatThrownBy(() -> entities().put(action("hello", NOON), null)).isInstanceOf(ConflictException.class);
    }

    @Test
    @Tag("R-16")
    default void anUpdateOfWhatIsGoneIsRefused() throws Exception {
        Revision revision = entities().put(action("hello", NOON), null);
        entities().delete(id("hello"), revision);

        assertThatThrownBy(() -> entities().put(action("hello", NOON), revision))
                .isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> entities().delete(id("hello"), revision)).isInstanceOf(ConflictException.class);
        assertThat(entities().find(id("hello"))).isEmpty();
    }

    @Test
    @Tag("R-16")
    default void aRevisionOfADeletedEntityIsNotThatOfItsSuccessor() throws Exception {
        Revision before = entities().put(action("hello", NOON), null);
        entities().delete(id("hello"), before);
        entities().put(action("hello", NOON), null);

        assertThatThrownBy(() -> entities().delete(id("hello"), before)).isInstanceOf(ConflictException.class);
    }

    @Test
    @Tag("R-16")
    default void ofConcurrentUpdatesExactlyOneWins() throws Exception {
        Revision revision = entities().put(action("hello", NOON), null);
        var winners = new AtomicInteger();
        var losers = new AtomicInteger();

        inParallel(16, number -> {
            try {
                entities().put(action("hello", NOON.plusSeconds(number)), revision);
                winners.incrementAndGet();
            } catch (ConflictException e) {
                losers.incrementAndGet();
            }
        });

        assertThat(winners).hasValue(1);
        assertThat(losers).hasValue(15);
        assertThat(entities().list(all())).hasSize(1);
    }

    @Test
    @Tag("R-16")
    default void ofConcurrentCreationsExactlyOneWins() throws Exception {
        var winners = new AtomicInteger();

        inParallel(16, number -> {
            try {
                entities().put(action("hello", NOON.plusSeconds(number)), null);
                winners.incrementAndGet();
            } catch (ConflictException e) {
                assertThat(e).hasMessageContaining("guest/hello");
            }
        });

        assertThat(winners).hasValue(1);
        assertThat(entities().count(all())).isEqualTo(1);
    }

    @Test
    @Tag("R-11")
    default void listsAreOrderedByTheLastUpdateThenById() throws Exception {
        entities().put(action("old", NOON), null);
        entities().put(action("b", NOON.plusSeconds(1)), null);
        entities().put(action("a", NOON.plusSeconds(1)), null);
        Revision revision = entities().put(action("moved", NOON.minusSeconds(9)), null);

        entities().put(action("moved", NOON.plusSeconds(2)), revision);

        assertThat(names(entities().list(all()))).containsExactly("moved", "a", "b", "old");
    }

    @Test
    @Tag("R-11")
    default void skipAndLimitCutAListAndCountSkipsToo() throws Exception {
        for (int i = 0; i < 250; i++) {
            entities().put(action("a" + i, NOON.plusSeconds(i)), null);
        }

        assertThat(names(entities().list(new Query(GUEST, Collection.ACTIONS, null, 0, 2))))
                .containsExactly("a249", "a248");
        assertThat(names(entities().list(new Query(GUEST, Collection.ACTIONS, null, 248, 30))))
                .containsExactly("a1", "a0");
        assertThat(entities().list(new Query(GUEST, Collection.ACTIONS, null, 0, 200)))
                .hasSize(200);
        assertThat(entities().list(new Query(GUEST, Collection.ACTIONS, null, 0, 0)))
                .isEmpty();
        assertThat(entities().list(new Query(GUEST, Collection.ACTIONS, null, 500, 30)))
                .isEmpty();
        assertThat(entities().count(new Query(GUEST, Collection.ACTIONS, null, 50, 1)))
                .isEqualTo(200);
        assertThat(entities().count(new Query(GUEST, Collection.ACTIONS, null, 500, 1)))
                .isZero();
    }

    @Test
    default void listsKnowNamespacesPackagesAndCollectionsApart() throws Exception {
        entities().put(action(id("tools", "packed"), Examples.CODE, NOON), null);
        entities().put(action(id("tools2", "other"), Examples.CODE, NOON.minusSeconds(1)), null);
        entities().put(action("plain", NOON.minusSeconds(2)), null);
        var elsewhere = EntityId.of(new NamespaceName("guest2"), new EntityName("foreign"));
        entities().put(action(elsewhere, Examples.CODE, NOON), null);
        var tools = new EntityName("tools");

        assertThat(names(entities().list(all()))).containsExactly("packed", "other", "plain");
        assertThat(names(entities().list(new Query(GUEST, Collection.ACTIONS, tools, 0, 30))))
                .containsExactly("packed");
        assertThat(entities().count(new Query(GUEST, Collection.ACTIONS, tools, 0, 30)))
                .isEqualTo(1);
        assertThat(entities().list(new Query(GUEST, Collection.TRIGGERS, null, 0, 30)))
                .isEmpty();
    }

    @Test
    default void whatIsDeletedIsInNoList() throws Exception {
        Revision revision = entities().put(action(id("tools", "packed"), Examples.CODE, NOON), null);

        entities().delete(id("tools", "packed"), revision);

        assertThat(entities().list(all())).isEmpty();
        assertThat(entities().count(new Query(GUEST, Collection.ACTIONS, new EntityName("tools"), 0, 30)))
                .isZero();
    }

    private static Query all() {
        return new Query(GUEST, Collection.ACTIONS, null, 0, 30);
    }

    private static List<String> names(List<Entity> entities) {
        return entities.stream().map(each -> each.id().name().value()).toList();
    }

    /// Something that one of several threads does.
    interface Step {
        void run(int number) throws Exception;
    }

    /// Runs a step on many virtual threads at once and passes on the first failure.
    static void inParallel(int threads, Step step) throws Exception {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = new ArrayList<Callable<Boolean>>();
            for (int i = 0; i < threads; i++) {
                int number = i;
                tasks.add(() -> {
                    step.run(number);
                    return true;
                });
            }
            for (var each : executor.invokeAll(tasks)) {
                each.get();
            }
        }
    }
}
