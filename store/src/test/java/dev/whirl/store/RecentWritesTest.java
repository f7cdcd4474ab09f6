package dev.whirl.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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
        assertThat(ids(writes.since(start, 10, RecentWritesTest::current).orElseThrow()))
                .containsExactly("b", "a", "c");
        String middle = writes.mark();

        writes.note("d");

        assertThat(writes.since(start, 10, RecentWritesTest::current)).isEmpty();
        assertThat(ids(writes.since(middle, 10, RecentWritesTest::current).orElseThrow()))
                .containsExactly("d");
        assertThat(ids(writes.since(writes.mark(), 10, RecentWritesTest::current)
                        .orElseThrow()))
                .isEmpty();
    }

    @Test
    void writesGoOnWhileRevisionsAreLookedUp() {
        var writes = new RecentWrites();
        writes.note("a");

        var changes = writes.since(RecentWrites.BEGINNING, 10, id -> {
            CompletableFuture.runAsync(() -> writes.note("b"))
                    .orTimeout(20, TimeUnit.SECONDS)
                    .join();
            return current(id);
        });

        assertThat(ids(changes.orElseThrow())).containsExactly("a");
        assertThat(ids(writes.since(changes.orElseThrow().mark(), 10, RecentWritesTest::current)
                        .orElseThrow()))
                .containsExactly("b");
    }

    private static Optional<Revision> current(String id) {
        return Optional.of(new Revision(id));
    }

    private static List<String> ids(KeyedDocuments.Changes changes) {
        return changes.all().stream().map(KeyedDocuments.Change::id).toList();
    }
}
