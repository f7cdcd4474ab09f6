package dev.whirl.store.couchdb;

import static dev.whirl.store.Examples.GUEST;
import static dev.whirl.store.Examples.NOON;
import static dev.whirl.store.Examples.action;
import static dev.whirl.store.Examples.id;
import static dev.whirl.store.Examples.pkg;
import static dev.whirl.store.Examples.record;
import static dev.whirl.store.Examples.rule;
import static dev.whirl.store.Examples.trigger;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.entity.Action;
import dev.whirl.model.entity.Collection;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.identity.Subject;
import dev.whirl.store.Activations;
import dev.whirl.store.ConflictException;
import dev.whirl.store.Entities.Query;
import dev.whirl.store.EntitiesContract;
import dev.whirl.store.Examples;
import dev.whirl.store.Revision;
import dev.whirl.store.StoreException;
import dev.whirl.store.Write;
import dev.whirl.store.couchdb.CouchDesign.Replace;
import dev.whirl.store.couchdb.CouchStoreConfig.Access;
import dev.whirl.store.couchdb.CouchStoreConfig.Pace;
import dev.whirl.store.couchdb.FaultyProxy.Fault;
import dev.whirl.store.memory.MemoryStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What becomes of requests when the network or the database fails.
@Tag("attack-46")
class FaultsTest {
    private static final Pace PACE = new Pace(Duration.ofMillis(500), Duration.ofMillis(1500), 2, 3);

    private final CouchStoreConfig direct = CouchUnderTest.fresh();
    private final List<ActivationId> recorded = Collections.synchronizedList(new ArrayList<>());
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private FaultyProxy proxy;
    private CouchStores stores;

    @BeforeEach
    void open() {
        CouchDesign.init(direct, new SimpleMeterRegistry(), Replace.NEEDED);
        URI url = direct.access().url();
        proxy = new FaultyProxy(new InetSocketAddress(url.getHost(), url.getPort()));
        URI through = URI.create("http://127.0.0.1:" + proxy.port());
        var access = new Access(through, direct.access().user(), direct.access().password(), null);
        stores = CouchStores.open(direct.withAccess(access).withPace(PACE), metrics, new DiscardedIds(recorded));
    }

    @AfterEach
    void close() {
        proxy.letGo();
        stores.close();
        proxy.close();
        CouchUnderTest.drop(direct);
    }

    @Test
    void aRequestWithoutAnswerEndsAndSaysWhatItWaitedFor() {
        proxy.set(Fault.SILENCE);
        long start = System.nanoTime();

        assertThatThrownBy(() -> stores.entities().find(id("hello")))
                .isInstanceOf(StoreException.Unavailable.class)
                .hasMessageContaining("no answer within")
                .message()
                .doesNotContain(CouchUnderTest.password());

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));
    }

    @Test
    void aRequestIsMadeAgainWhenTheDatabaseIsBack() throws Exception {
        stores.entities().put(action("hello", NOON), null);
        proxy.goAway();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var found = threads.submit(() -> stores.entities().find(id("hello")));
            await().until(() -> metrics.counter("whirl.store.couchdb.repeated").count() > 0);
            proxy.comeBack();

            assertThat(found.get()).isPresent();
        }
    }

    @Test
    void aDatabaseThatStaysAwayIsUnavailable() {
        proxy.goAway();

        assertThatThrownBy(() -> stores.entities().put(action("hello", NOON), null))
                .isInstanceOf(StoreException.Unavailable.class)
                .hasMessageContaining("refused");
        assertThatThrownBy(() -> stores.subjects().byKey("u1")).isInstanceOf(StoreException.Unavailable.class);
    }

    @Test
    @Tag("R-16")
    void aWriteWhoseAnswerWasLostIsFoundToBeMade() throws Exception {
        proxy.set(Fault.ONE_CUT);
        Revision created = stores.entities().put(action("hello", NOON), null);
        proxy.set(Fault.ONE_CUT);
        Revision changed = stores.entities().put(action("hello", NOON.plusSeconds(1)), created);

        assertThat(changed.value()).startsWith("2-");
        assertThat(stores.entities().find(id("hello")))
                .hasValueSatisfying(each -> assertThat(each.revision()).isEqualTo(changed));
        proxy.set(Fault.ONE_CUT);
        stores.entities().delete(id("hello"), changed);
        assertThat(stores.entities().find(id("hello"))).isEmpty();
    }

    @Test
    void severalWritesWhoseAnswerWasLostAreFoundToBeMade() throws Exception {
        Revision before = stores.entities().put(trigger("often", NOON), null);
        var change = List.<Write>of(
                new Write.Put(rule("first", id("often"), id("hello"), NOON), null),
                new Write.Put(trigger("often", NOON.plusSeconds(1)), before));
        proxy.set(Fault.HELD);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var done = threads.submit(() -> stores.entities().applyAll(change));
            await().until(() -> proxy.held() > 0); // the look at what is there
            proxy.letGoAndCutTheNext();

            assertThat(done.get()).hasSize(2);
        }
        assertThat(stores.entities().find(id("first"))).isPresent();
    }

    @Test
    void aSubjectWhoseAnswerWasLostIsWrittenOnce() throws Exception {
        Subject anna = Examples.subject("annalise", "first", "u1");
        stores.subjects().put(Examples.subject("berthold", "second", "u2")); // the view is there
        Revision revision = stores.subjects().put(anna, null);
        var blocked = new Subject(anna.name(), List.of(), true);
        proxy.set(Fault.ONE_CUT);

        Revision changed = stores.subjects().put(blocked, revision);

        assertThat(changed.value()).startsWith("2-");
    }

    @Test
    @Tag("I-49")
    void recordsWaitForADatabaseThatIsAwayAndAreWrittenOnce() throws Exception {
        Activation first = record("hello", NOON);
        Activation second = record("hello", NOON.plusSeconds(1));
        stores.activations().record(first);
        stores.activations().flush();
        proxy.goAway();
        stores.activations().record(second);
        stores.activations().record(record(first.id(), GUEST, "again", NOON.plusSeconds(2)));

        assertThatThrownBy(() -> stores.activations().flush()).isInstanceOf(StoreException.Unavailable.class);
        proxy.comeBack();
        await().until(() -> recorded.contains(second.id()));

        var all = new Activations.Query(GUEST, null, null, null, null, 0, 30);
        await().untilAsserted(
                        () -> assertThat(stores.activations().listFull(all)).containsExactly(second, first));
        assertThat(recorded).containsExactlyInAnyOrder(first.id(), second.id(), first.id());
    }

    @Test
    void noMoreRequestsAreUnderWayThanWereAllowed() throws Exception {
        proxy.set(Fault.HELD);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<java.util.concurrent.Future<?>>();
            for (int i = 0; i < 10; i++) {
                all.add(threads.submit(() -> stores.entities().find(id("hello"))));
            }
            await().until(() -> proxy.held() == PACE.connections());
            proxy.letGo();
            for (var each : all) {
                each.get();
            }
        }
        assertThat(proxy.mostOpen()).isLessThanOrEqualTo(PACE.connections());
    }

    @Test
    void anAnswerThatIsTooLargeIsNotRead() throws Exception {
        stores.entities().put(action("hello", NOON), null);
        try (var transport = new Transport(direct.access(), direct.pace())) {
            var call = new Call("GET", direct.prefix() + "whisks/guest%2Fhello", null, Call.Repeat.HARMLESS, 100);

            assertThatThrownBy(() -> transport.send(call)).hasMessageContaining("larger than 100 bytes");
        }
    }

    @Test
    void whatIsAskedOfClosedStoresIsUnavailable() {
        stores.close();

        assertThatThrownBy(() -> stores.entities().find(id("hello"))).isInstanceOf(StoreException.Unavailable.class);
        assertThatThrownBy(() -> stores.activations().record(record("hello", NOON)))
                .isInstanceOf(StoreException.Unavailable.class)
                .hasMessageContaining("closed");
    }

    /// Two processes have locks of their own: what they write is all that they have in common.
    @Test
    @Tag("R-103")
    void anActionIsNeverLeftWithoutItsPackageByTwoProcesses() throws Exception {
        try (CouchStores other = CouchStores.open(direct, new SimpleMeterRegistry(), new MemoryStores().journal())) {
            for (int round = 0; round < 20; round++) {
                EntityId tools = id("tools" + round);
                Revision revision = other.entities().put(pkg("tools" + round, true, NOON), null);
                Action member = action(tools.member(new EntityName("a")), Examples.CODE, NOON);
                EntitiesContract.inParallel(2, number -> {
                    try {
                        if (number == 0) {
                            stores.entities().applyAll(List.of(new Write.Present(tools), new Write.Put(member, null)));
                        } else {
                            other.entities()
                                    .applyAll(List.of(
                                            new Write.Empty(GUEST, tools.name()), new Write.Delete(tools, revision)));
                        }
                    } catch (ConflictException e) {
                        assertThat(e.document()).isEqualTo(tools.toString());
                    }
                });

                boolean hasPackage = other.entities().find(tools).isPresent();
                boolean hasMember = other.entities().find(member.id()).isPresent();
                assertThat(hasPackage || !hasMember).isTrue();
            }
        }
    }

    @Test
    @Tag("R-16")
    void ofAChangeThatIsOvertakenNothingIsLeft() throws Exception {
        Revision before = stores.entities().put(trigger("often", NOON), null);
        Revision doomed = stores.entities().put(action("doomed", NOON), null);
        var change = List.<Write>of(
                new Write.Put(rule("first", id("often"), id("hello"), NOON), null),
                new Write.Delete(id("doomed"), doomed),
                new Write.Put(trigger("often", NOON.plusSeconds(1)), before));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                CouchStores other = CouchStores.open(direct, new SimpleMeterRegistry(), new MemoryStores().journal())) {
            proxy.set(Fault.HELD);
            var done = threads.submit(() -> stores.entities().applyAll(change));
            await().until(() -> proxy.held() > 0);
            other.entities().put(trigger("often", NOON.plusSeconds(9)), before);
            proxy.letGo();

            assertThatThrownBy(done::get)
                    .cause()
                    .isInstanceOf(ConflictException.class)
                    .hasMessageContaining("often");
        }
        assertThat(stores.entities().find(id("first"))).isEmpty();
        assertThat(stores.entities().find(id("doomed"))).isPresent();
        assertThat(stores.entities().find(id("often")).orElseThrow().entity())
                .isEqualTo(trigger("often", NOON.plusSeconds(9)));
        assertThat(stores.entities().count(new Query(GUEST, Collection.RULES, null, 0, 0)))
                .isZero();
    }
}
