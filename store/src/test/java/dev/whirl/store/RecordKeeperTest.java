package dev.whirl.store;

import static dev.whirl.store.Examples.GUEST;
import static dev.whirl.store.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whirl.model.ActivationMessages;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.activation.StorageLevel;
import dev.whirl.model.activation.StorageRules;
import dev.whirl.model.message.Invocation;
import dev.whirl.store.memory.MemoryStores;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("attack-43")
class RecordKeeperTest {
    private static final Invocation ACCEPTED = Examples.invocation(ActivationId.random(), NOON);
    private static final Invocation CALL = Examples.blocking(ActivationId.random(), NOON);

    private final MemoryStores stores = new MemoryStores();
    private final RecordKeeper keeper = new RecordKeeper(StorageRules.ALL, stores.activations(), stores.journal(), 100);
    private final List<String> written = new CopyOnWriteArrayList<>();
    private final AtomicInteger attempts = new AtomicInteger();
    private volatile boolean isFull;

    @AfterEach
    void close() {
        keeper.close();
    }

    @Test
    void whatCanBeWrittenIsWrittenAtOnce() {
        assertThat(keeper.keep(ACCEPTED, 80, () -> write("a"))).isTrue();
        assertThat(written).containsExactly("a");
    }

    @Test
    void whatFailsIsTriedUntilItIsWritten() {
        isFull = true;
        boolean isKept = keeper.keep(ACCEPTED, 80, () -> write("a"));
        await().until(() -> attempts.get() >= 3);

        isFull = false;
        await().until(() -> keeper.size() == 0);

        assertThat(isKept).isFalse();
        assertThat(written).containsExactly("a");
    }

    @Test
    void anAcceptedInvocationThatFindsNoRoomWaitsForIt() throws Exception {
        isFull = true;
        keeper.keep(ACCEPTED, 80, () -> write("a"));
        Thread second = Thread.ofVirtual().start(() -> keeper.keep(ACCEPTED, 80, () -> write("b")));
        await().until(() -> second.getState() == Thread.State.WAITING);
        assertThat(keeper.size()).isEqualTo(1);

        isFull = false;

        assertThat(second.join(Duration.ofSeconds(60))).isTrue();
        await().until(() -> written.size() == 2);
    }

    @Test
    void whatWasNeverPromisedIsGivenUpWhereThereIsNoRoom() {
        isFull = true;
        keeper.keep(ACCEPTED, 80, () -> write("a"));

        boolean isKept = keeper.keep(CALL, 80, () -> write("b"));

        assertThat(isKept).isFalse();
        assertThat(keeper.size()).isEqualTo(1);
    }

    @Test
    void oneThatNeverSucceedsDoesNotHoldUpTheOthers() {
        isFull = true;
        keeper.keep(ACCEPTED, 40, () -> {
            throw new StoreException.Unavailable("this one is too large");
        });
        keeper.keep(ACCEPTED, 40, () -> write("b"));

        isFull = false;

        await().until(() -> written.contains("b"));
        assertThat(keeper.size()).isEqualTo(1);
    }

    @Test
    void aMistakeOfTheProgramIsNotTriedAgain() {
        boolean isKept = keeper.keep(ACCEPTED, 40, () -> {
            attempts.incrementAndGet();
            throw new IllegalStateException("a bug");
        });

        assertThat(isKept).isFalse();
        assertThat(keeper.size()).isZero();
        assertThat(attempts).hasValue(1);
    }

    @Test
    void anErrorWhileItTriesAgainKeepsNothingElseFromBeingWritten() {
        isFull = true;
        keeper.keep(ACCEPTED, 40, () -> {
            attempts.incrementAndGet();
            if (attempts.get() == 1) {
                throw new StoreException.Unavailable("The disk is full.");
            }
            throw new StackOverflowError("only when it is tried again");
        });
        await().until(() -> keeper.size() == 0);
        keeper.keep(ACCEPTED, 40, () -> write("b"));

        isFull = false;

        await().until(() -> written.contains("b"));
    }

    @Test
    void theEndTriesOnceMoreAndLetsEverybodyGo() throws Exception {
        isFull = true;
        keeper.keep(ACCEPTED, 80, () -> write("a"));
        Thread second = Thread.ofVirtual().start(() -> keeper.keep(ACCEPTED, 80, () -> write("b")));
        await().until(() -> second.getState() == Thread.State.WAITING);

        keeper.close();

        assertThat(second.join(Duration.ofSeconds(60))).isTrue();
        assertThat(keeper.size()).isZero();
        assertThat(written).isEmpty();
    }

    @Test
    void aBlockingCallThatBecameAnAcceptedOneCountsAsPromised() throws Exception {
        isFull = true;
        stores.journal().acceptRunning(CALL.accepted());
        keeper.keep(ACCEPTED, 80, () -> write("a"));
        Thread second = Thread.ofVirtual().start(() -> keeper.keep(CALL, 80, () -> write("b")));
        await().until(() -> second.getState() == Thread.State.WAITING);

        isFull = false;

        assertThat(second.join(Duration.ofSeconds(60))).isTrue();
        await().until(() -> written.size() == 2);
    }

    @Test
    @Tag("R-139")
    void whatIsNotToBeKeptIsTakenOutOfTheJournal() {
        var failuresOnly = new StorageRules(StorageLevel.FAILURES, StorageLevel.FAILURES, true);
        var strict = new RecordKeeper(failuresOnly, stores.activations(), stores.journal());
        Activation record = Examples.record(ACCEPTED.id(), GUEST, "hello", NOON);
        stores.journal().accept(ACCEPTED);

        boolean isPartDone = strict.keep(ACCEPTED, Examples.record(ActivationId.random(), GUEST, "hello", NOON));
        boolean isStillThere = stores.journal().find(ACCEPTED.id()).isPresent();
        boolean isDone = strict.keep(ACCEPTED, record);

        assertThat(isPartDone && isStillThere && isDone).isTrue();
        assertThat(stores.journal().find(ACCEPTED.id())).isEmpty();
        assertThat(stores.activations().find(GUEST, record.id())).isEmpty();
    }

    @Test
    void whatCanNeverBeWrittenLeavesARecordThatSaysSo() {
        Activation broken = Examples.record(ACCEPTED.id(), GUEST, "hello", NOON).withLogs(List.of("unwritable"));
        var strict = new RecordKeeper(StorageRules.ALL, refusing("unwritable"), stores.journal());
        stores.journal().accept(ACCEPTED);

        boolean isKept = strict.keep(ACCEPTED, broken);

        assertThat(isKept).isTrue();
        assertThat(stores.activations().find(GUEST, ACCEPTED.id()))
                .hasValueSatisfying(each -> assertThat(each.response().result())
                        .hasToString("{\"error\":\"%s\"}".formatted(ActivationMessages.RECORD_UNWRITABLE)));
        assertThat(stores.journal().find(ACCEPTED.id())).isEmpty();
    }

    @Test
    void whatLeavesNoRecordAtAllDoesNotStayInTheJournal() {
        var broken = new RecordKeeper(StorageRules.ALL, refusing("hello"), stores.journal());
        stores.journal().accept(ACCEPTED);

        broken.keep(ACCEPTED, Examples.record(ACCEPTED.id(), GUEST, "hello", NOON));

        assertThat(stores.journal().find(ACCEPTED.id())).isEmpty();
        assertThat(stores.activations().find(GUEST, ACCEPTED.id())).isEmpty();
    }

    /// The activations of these stores, but that a record with this word in it finds a bug.
    private Activations refusing(String word) {
        return (Activations) Proxy.newProxyInstance(
                Activations.class.getClassLoader(), new Class<?>[] {Activations.class}, (_, method, arguments) -> {
                    if (method.getName().equals("record")
                            && arguments[0].toString().contains(word)) {
                        throw new IllegalStateException("a bug");
                    }
                    return method.invoke(stores.activations(), arguments);
                });
    }

    private void write(String what) {
        attempts.incrementAndGet();
        if (isFull) {
            throw new StoreException.Unavailable("The disk is full.");
        }
        written.add(what);
    }
}
