package dev.whirl.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
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
    void oneThatCouldNotBeReachedComesLastForTwoSeconds() {
        turns.unreached("a");

        assertThat(turns.next()).containsExactly("b", "c", "a");
        now.addAndGet(TimeUnit.SECONDS.toNanos(3));
        assertThat(List.of(
                        turns.next().getFirst(),
                        turns.next().getFirst(),
                        turns.next().getFirst()))
                .contains("a");
    }

    @Test
    void whereNoneCanBeReachedAllAreTried() {
        List.of("a", "b", "c").forEach(turns::unreached);

        assertThat(turns.next()).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(new Turns(List.of(), now::get).next()).isEmpty();
    }
}
