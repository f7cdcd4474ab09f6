package dev.whirl.store;

import static dev.whirl.store.Examples.GUEST;
import static dev.whirl.store.Examples.NOON;
import static dev.whirl.store.Examples.invocation;
import static dev.whirl.store.Examples.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.message.Invocation;
import dev.whirl.store.InvocationJournal.Entry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What every adapter does with accepted invocations.
public interface JournalContract {
    Stores stores();

    private InvocationJournal journal() {
        return stores().journal();
    }

    @Test
    @Tag("I-4")
    default void whatWasAcceptedIsUnfinishedOldestFirst() {
        Invocation late = invocation(ActivationId.random(), NOON.plusSeconds(1));
        Invocation early = invocation(ActivationId.random(), NOON);
        journal().accept(late);
        journal().accept(early);

        assertThat(journal().unfinished(null, 100)).containsExactly(new Entry(early, false), new Entry(late, false));
    }

    @Test
    @Tag("R-111")
    default void severalAreAcceptedTogetherWithARecordThatTellsOfThem() {
        Invocation first = invocation(ActivationId.random(), NOON);
        Invocation second = invocation(ActivationId.random(), NOON.plusSeconds(1));
        var teller = record(ActivationId.random(), GUEST, "trigger", NOON);

        journal().acceptAll(List.of(first, second), teller);
        journal().acceptAll(List.of(), null);

        assertThat(journal().unfinished(null, 100)).containsExactly(new Entry(first, false), new Entry(second, false));
        assertThat(stores().activations().find(GUEST, teller.id())).contains(teller);
        assertThat(stores().activations().list(new Activations.Query(GUEST, null, null, null, null, 0, 10)))
                .containsExactly(teller.summary());
        stores().activations().record(teller.withLogs(List.of("again")));
        stores().activations().flush();
        assertThat(stores().activations().find(GUEST, teller.id())).contains(teller);
    }

    @Test
    default void whatWasStartedMayHaveStarted() {
        Invocation started = invocation(ActivationId.random(), NOON);
        Invocation running = invocation(ActivationId.random(), NOON.plusSeconds(1));

        journal().accept(started);
        journal().started(started.id());
        journal().acceptRunning(running);

        assertThat(journal().unfinished(null, 100)).containsExactly(new Entry(started, true), new Entry(running, true));
    }

    @Test
    default void aRecordFinishesAnInvocation() {
        Invocation accepted = invocation(ActivationId.random(), NOON);
        Invocation running = invocation(ActivationId.random(), NOON);
        journal().accept(accepted);
        journal().acceptRunning(running);

        stores().activations().record(record(accepted.id(), GUEST, "hello", NOON));
        stores().activations().record(record(running.id(), GUEST, "hello", NOON));
        stores().activations().flush();

        assertThat(journal().unfinished(null, 100)).isEmpty();
    }

    @Test
    @Tag("R-139")
    default void whatIsDiscardedIsFinishedWithoutARecord() {
        Invocation unwanted = invocation(ActivationId.random(), NOON);
        Invocation other = invocation(ActivationId.random(), NOON);
        journal().accept(unwanted);
        journal().started(unwanted.id());
        journal().accept(other);

        journal().discard(unwanted.id());
        journal().discard(ActivationId.random());

        assertThat(journal().unfinished(null, 100)).containsExactly(new InvocationJournal.Entry(other, false));
    }

    @Test
    default void startingWhatWasNotAcceptedLeavesNothing() {
        Invocation finished = invocation(ActivationId.random(), NOON);
        journal().accept(finished);
        stores().activations().record(record(finished.id(), GUEST, "hello", NOON));
        stores().activations().flush();

        journal().started(finished.id());
        journal().started(ActivationId.random());

        assertThat(journal().unfinished(null, 100)).isEmpty();
    }

    @Test
    default void aRecordedInvocationIsNotAcceptedAsRunning() {
        Invocation done = invocation(ActivationId.random(), NOON);
        stores().activations().record(record(done.id(), GUEST, "hello", NOON));

        journal().acceptRunning(done);
        stores().activations().flush();

        assertThat(journal().unfinished(null, 100)).isEmpty();
    }

    @Test
    default void aRecordThatRacesWithTheAcceptanceLeavesNoEntry() throws Exception {
        for (int round = 0; round < 50; round++) {
            Invocation racing = invocation(ActivationId.random(), NOON);

            EntitiesContract.inParallel(2, number -> {
                if (number == 0) {
                    journal().acceptRunning(racing);
                } else {
                    stores().activations().record(record(racing.id(), GUEST, "hello", NOON));
                }
            });

            stores().activations().flush();
            assertThat(journal().unfinished(null, 100)).isEmpty();
        }
    }

    @Test
    @Tag("I-4")
    default void manyUnfinishedOnesComeInPagesOldestFirst() {
        var expected = new ArrayList<Entry>();
        for (int i = 0; i < 25; i++) {
            Invocation each = invocation(ActivationId.random(), NOON.plusMillis(i));
            journal().accept(each);
            expected.add(new Entry(each, false));
        }

        var found = new ArrayList<Entry>();
        for (var page = journal().unfinished(null, 10);
                !page.isEmpty();
                page = journal().unfinished(page.getLast(), 10)) {
            assertThat(page).hasSizeLessThanOrEqualTo(10);
            found.addAll(page);
            page.forEach(each -> journal().discard(each.invocation().id()));
        }

        assertThat(found).isEqualTo(expected);
        assertThat(journal().unfinished(null, 10)).isEmpty();
    }

    @Test
    default void oneUnfinishedIsFoundByItsId() {
        Invocation accepted = invocation(ActivationId.random(), NOON);
        journal().accept(accepted);
        assertThat(journal().find(accepted.id())).contains(new Entry(accepted, false));

        journal().started(accepted.id());

        assertThat(journal().find(accepted.id())).contains(new Entry(accepted, true));
        assertThat(journal().find(ActivationId.random())).isEmpty();
        journal().discard(accepted.id());
        assertThat(journal().find(accepted.id())).isEmpty();
    }

    @Test
    default void whatWasAcceptedAndIsAcceptedAsRunningIsOneEntry() {
        Invocation accepted = invocation(ActivationId.random(), NOON);
        journal().accept(accepted);

        journal().acceptRunning(accepted);

        assertThat(journal().unfinished(null, 10)).containsExactly(new Entry(accepted, true));
    }
}
