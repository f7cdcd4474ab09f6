package dev.whirl.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private final AtomicLong now = new AtomicLong();
    private final Turns turns = new Turns(List.of("a", "b", "c"), now::get);

    @Test
    void eachServerIsTheFirstInItsTurn() {
        assertThat(turns.next()).containsExactly("a", "b", "c");
        assertThat(turns.next()).containsExactly("b", "c", "a");
        assertThat(turns.next()).containsExactly("c", "a", "b");
        assertThat(turns.next()).containsExactly("a", "b", "c");
    }

    @Test
    void oneThatCouldNotBeReachedComesLastAndTheOthersShareItsTurns() {
        turns.unreached("a");

        assertThat(turns.next()).containsExactly("b", "c", "a");
        assertThat(turns.next()).containsExactly("c", "b", "a");
        assertThat(turns.next()).containsExactly("b", "c", "a");
        assertThat(turns.next()).containsExactly("c", "b", "a");
    }

    @Test
    void nowAndThenOneCallTriesItAndTheOthersPassItOver() {
        turns.unreached("a");
        now.addAndGet(Turns.BETWEEN_TRIES.toNanos());

        assertThat(turns.next()).startsWith("a");
        assertThat(turns.next()).endsWith("a");
        assertThat(turns.next()).endsWith("a");
        now.addAndGet(Turns.BETWEEN_TRIES.toNanos());
        assertThat(turns.next()).startsWith("a");
    }

    @Test
    void oneThatAnswersHasItsTurnsAgain() {
        turns.unreached("a");
        turns.reached("a");

        assertThat(List.of(turns.next(), turns.next(), turns.next()))
                .extracting(List::getFirst)
                .containsExactly("a", "b", "c");
    }

    @Test
    void whereNoneCanBeReachedAllAreTried() {
        List.of("a", "b", "c").forEach(turns::unreached);

        assertThat(turns.next()).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(new Turns(List.of(), now::get).next()).isEmpty();
    }
}
