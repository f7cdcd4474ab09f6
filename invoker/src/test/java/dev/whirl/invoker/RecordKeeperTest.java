package dev.whirl.invoker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whirl.model.message.Invocation;
import dev.whirl.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("attack-43")
class RecordKeeperTest {
    private static final Invocation CALL = Samples.call("hello", "1", "{}");
    private static final Invocation ACCEPTED = CALL.accepted();

    private final RecordKeeper keeper = new RecordKeeper(100, Invocation::isAccepted);
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

    private void write(String what) {
        attempts.incrementAndGet();
        if (isFull) {
            throw new StoreException.Unavailable("The disk is full.");
        }
        written.add(what);
    }
}
