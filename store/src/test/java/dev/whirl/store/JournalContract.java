package dev.whirl.store;

import static dev.whirl.store.Examples.GUEST;
import static dev.whirl.store.Examples.NOON;
import static dev.whirl.store.Examples.invocation;
import static dev.whirl.store.Examples.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.message.Invocation;
import dev.whirl.store.InvocationJournal.Entry;
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

        assertThat(journal().unfinished()).containsExactly(new Entry(early, false), new Entry(late, false));
    }

    @Test
    default void whatWasStartedMayHaveStarted() {
        Invocation started = invocation(ActivationId.random(), NOON);
        Invocation running = invocation(ActivationId.random(), NOON.plusSeconds(1));

        journal().accept(started);
        journal().started(started.id());
        journal().acceptRunning(running);

        assertThat(journal().unfinished()).containsExactly(new Entry(started, true), new Entry(running, true));
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

        assertThat(journal().unfinished()).isEmpty();
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

        assertThat(journal().unfinished()).containsExactly(new InvocationJournal.Entry(other, false));
    }

    @Test
    default void startingWhatWasNotAcceptedLeavesNothing() {
        Invocation finished = invocation(ActivationId.random(), NOON);
        journal().accept(finished);
        stores().activations().record(record(finished.id(), GUEST, "hello", NOON));
        stores().activations().flush();

        journal().started(finished.id());
        journal().started(ActivationId.random());

        assertThat(journal().unfinished()).isEmpty();
    }

    @Test
    default void aRecordedInvocationIsNotAcceptedAsRunning() {
        Invocation done = invocation(ActivationId.random(), NOON);
        stores().activations().record(record(done.id(), GUEST, "hello", NOON));

        journal().acceptRunning(done);
        stores().activations().flush();

        assertThat(journal().unfinished()).isEmpty();
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
            assertThat(journal().unfinished()).isEmpty();
        }
    }
}
