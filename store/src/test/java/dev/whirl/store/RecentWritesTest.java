package dev.whirl.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentWritesTest {
    @Test
    void ofTooManyIdsTheOldestAreForgottenAndThatIsTold() {
        var writes = new RecentWrites(3);
        String start = writes.mark();
        writes.note("a");
        writes.note("b");
        writes.note("a");
        writes.note("c");
        assertThat(writes.since(start, 10).orElseThrow().ids()).containsExactly("b", "a", "c");
        String middle = writes.mark();

        writes.note("d");

        assertThat(writes.since(start, 10)).isEmpty();
        assertThat(writes.since(middle, 10).orElseThrow().ids()).containsExactly("d");
        assertThat(writes.since(writes.mark(), 10).orElseThrow().ids()).isEmpty();
    }
}
