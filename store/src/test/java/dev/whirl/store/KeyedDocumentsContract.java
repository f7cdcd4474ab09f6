package dev.whirl.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.model.json.RawJson;
import dev.whirl.store.KeyedDocuments.Change;
import dev.whirl.store.KeyedDocuments.Changes;
import dev.whirl.store.KeyedDocuments.Stored;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every adapter does with small documents under ids.
public interface KeyedDocumentsContract {
    int LARGE_BYTES = 1024 * 1024;

    KeyedDocuments documents();

    private static RawJson large() {
        return RawJson.object("text", RawJson.string("x".repeat(LARGE_BYTES)));
    }

    private static RawJson number(int number) {
        return RawJson.object("n", RawJson.number(number));
    }

    @Test
    default void aDocumentIsFoundAsItWasWritten() throws ConflictException {
        Revision first = documents().put("feed/guest/a b", number(1), null);
        Revision second = documents().put("feed/guest/a b", number(2), first);

        assertThat(second).isNotEqualTo(first);
        assertThat(documents().find(List.of("feed/guest/none", "feed/guest/a b")))
                .containsExactly(new Stored("feed/guest/a b", number(2), second));
    }

    @Test
    default void aWriteOfAnOlderStateIsRefused() throws ConflictException {
        Revision first = documents().put("a", number(1), null);
        Revision second = documents().put("a", number(2), first);

        assertThatThrownBy(() -> documents().put("a", number(3), first)).isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> documents().put("a", number(3), null)).isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> documents().delete("a", first)).isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> documents().put("b", number(3), second)).isInstanceOf(ConflictException.class);
        assertThat(documents().find(List.of("a", "b"))).containsExactly(new Stored("a", number(2), second));
    }

    @Test
    default void whatWasDeletedCanBeCreatedAgain() throws ConflictException {
        documents().delete("a", documents().put("a", number(1), null));
        assertThat(documents().find(List.of("a"))).isEmpty();
        assertThat(documents().page("a", "", 10)).isEmpty();

        Revision again = documents().put("a", number(2), null);

        assertThat(documents().find(List.of("a"))).containsExactly(new Stored("a", number(2), again));
    }

    @Test
    default void pagesHaveTheDocumentsOfOnePrefixInTheOrderOfIds() throws ConflictException {
        for (String each : List.of("b/3", "a/9", "b/1", "c/1", "b/2", "b/10")) {
            documents().put(each, number(1), null);
        }

        assertThat(ids(documents().page("b/", "", 3))).containsExactly("b/1", "b/10", "b/2");
        assertThat(ids(documents().page("b/", "b/2", 3))).containsExactly("b/3");
        assertThat(ids(documents().page("b/", "b/3", 3))).isEmpty();
    }

    @Test
    default void aPageOfLargeDocumentsHasFewerOfThemAndTheRestFollows() throws ConflictException {
        int count = 3 * KeyedDocuments.PAGE_BYTES / LARGE_BYTES;
        for (int i = 0; i < count; i++) {
            documents().put("large/%02d".formatted(i), large(), null);
        }

        var seen = new ArrayList<String>();
        List<Stored> page = documents().page("large/", "", count);
        assertThat(page).hasSizeBetween(1, count - 1);
        while (!page.isEmpty()) {
            seen.addAll(ids(page));
            page = documents().page("large/", page.getLast().id(), count);
        }

        assertThat(seen).hasSize(count).isSorted().doesNotHaveDuplicates();
    }

    @Test
    default void changesAreToldFromAMarkOnUntilNoneIsLeft() throws ConflictException {
        documents().put("before", number(1), null);
        String mark = documents().mark();
        assertThat(documents().changes(mark, 10).orElseThrow().all()).isEmpty();

        Revision a = documents().put("a", number(1), null);
        Revision b = documents().put("b", number(1), null);
        Revision c = documents().put("c", number(1), null);
        documents().delete("a", a);

        var seen = new ArrayList<Change>();
        Changes changes = documents().changes(mark, 2).orElseThrow();
        while (!changes.all().isEmpty()) {
            assertThat(changes.all()).hasSizeLessThanOrEqualTo(2);
            seen.addAll(changes.all());
            changes = documents().changes(changes.mark(), 2).orElseThrow();
        }
        assertThat(seen).containsExactlyInAnyOrder(new Change("a", null), new Change("b", b), new Change("c", c));
    }

    @Test
    default void whoKnowsTheBeginningTellsFromThereOnWhatIsThereAndWhatIsNot() throws ConflictException {
        Revision a = documents().put("a", number(1), null);
        documents().delete("b", documents().put("b", number(1), null));

        documents()
                .beginning()
                .ifPresent(mark -> assertThat(
                                documents().changes(mark, 10).orElseThrow().all())
                        .containsExactlyInAnyOrder(new Change("a", a), new Change("b", null)));
    }

    private static List<String> ids(List<Stored> page) {
        return page.stream().map(Stored::id).toList();
    }
}
