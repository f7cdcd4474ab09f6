package dev.whirl.feeds.registry;

import static dev.whirl.feeds.Examples.json;
import static dev.whirl.feeds.Examples.trigger;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.feeds.DocumentsAround;
import dev.whirl.feeds.registry.Positions.LostException;
import dev.whirl.model.json.RawJson;
import dev.whirl.store.ConflictException;
import dev.whirl.store.KeyedDocuments;
import dev.whirl.store.Revision;
import dev.whirl.store.memory.MemoryStores;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PositionsTest {
    private static final RawJson ABOUT_TO_FIRE = json("{'settled':'11:00','firing':'12:00'}");

    /// Each write is answered as if its first answer was lost: it succeeded if what was to be written is there.
    private final KeyedDocuments documents = new DocumentsAround(new MemoryStores().feeds()) {
        @Override
        public Revision put(String id, RawJson document, @Nullable Revision expected) throws ConflictException {
            try {
                return super.put(id, document, expected);
            } catch (ConflictException e) {
                return find(List.of(id)).stream()
                        .filter(each -> each.document().equals(document))
                        .map(Stored::revision)
                        .findFirst()
                        .orElseThrow(() -> e);
            }
        }
    };

    @Test
    void whoIsAboutToFireTheSameAsAnotherProviderDoesNotTakeTheOthersNoteForItsOwn() throws LostException {
        var first = new Positions(documents, trigger("t"));
        var second = new Positions(documents, trigger("t"));
        assertThat(first.load()).isEmpty();
        assertThat(second.load()).isEmpty();

        first.save(ABOUT_TO_FIRE);

        assertThatThrownBy(() -> second.save(ABOUT_TO_FIRE)).isInstanceOf(LostException.class);
        assertThat(second.load().orElseThrow().field("firing")).contains(RawJson.string("12:00"));
        second.save(ABOUT_TO_FIRE);
        assertThatThrownBy(() -> first.save(ABOUT_TO_FIRE)).isInstanceOf(LostException.class);
    }
}
