package dev.whirl.controller.invoke;

import dev.whirl.controller.access.InFlight;
import dev.whirl.controller.invoke.Resending.Waiting;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.activation.ActivationResponse;
import dev.whirl.model.message.Attempt;
import dev.whirl.model.message.Invocation;
import dev.whirl.store.Activations;
import dev.whirl.store.InvocationJournal;
import dev.whirl.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tries accepted activations again whose action asks for it (annotation `retry`), until one attempt succeeds.
///
/// The attempt after each is put into the journal together with it, or before it is sent, and stays there untouched
/// until the outcome is known. So a crash at any moment finds either the attempt or its successor, and the successor's
/// id follows from the attempt's, so that it can't be there twice.
///
/// | of an attempt | its successor in the journal |
/// |---|---|
/// | is accepted or about to be sent | is put in |
/// | has succeeded | is discarded |
/// | has failed | is sent after its pause; the one behind the last attempt fires the dead-letter trigger |
///
/// One thread tries again; others only tell it what failed. An attempt that waits for its time counts as in flight, so
/// that a namespace has no more of them than it may have calls.
final class Retries {
    private static final Logger LOG = LoggerFactory.getLogger(Retries.class);
    private static final long SELDOM_MILLIS = 1_000;
    private static final long OFTEN_MILLIS = 50;
    private static final Duration STORE_PAUSE = Duration.ofSeconds(1);
    private static final int ID_LENGTH = 32;

    /// An attempt has failed.
    ///
    /// @param response null if it is not known, because the server died
    private record Failed(ActivationId successor, @Nullable ActivationResponse response) {}

    /// @param at in steady time
    private record Due(Instant at, ActivationId id, String namespaceUuid) {}

    private final Activations activations;
    private final InvocationJournal journal;
    private final InFlight inFlight;
    private final InstantSource clock;
    private final InstantSource steady;

    /// The successor of each attempt under way.
    private final Map<ActivationId, ActivationId> successors = new ConcurrentHashMap<>();

    /// The same of those that succeeded and have no record yet.
    private final Map<ActivationId, ActivationId> successes = new ConcurrentHashMap<>();

    private final BlockingQueue<Failed> failures = new LinkedBlockingQueue<>();
    private final PriorityQueue<Due> due = new PriorityQueue<>(Comparator.comparing(Due::at));
    private final ArrayDeque<Waiting> ready = new ArrayDeque<>();
    private volatile @Nullable DeadLetters deadLetters;

    /// @param clock when an attempt was made
    /// @param steady for pauses, also while somebody sets the clock
    Retries(
            Activations activations,
            InvocationJournal journal,
            InFlight inFlight,
            InstantSource clock,
            InstantSource steady) {
        this.activations = activations;
        this.journal = journal;
        this.inFlight = inFlight;
        this.clock = clock;
        this.steady = steady;
    }

    /// Who is told when all attempts have failed.
    void tell(DeadLetters other) {
        deadLetters = other;
    }

    /// What is to be accepted together with an invocation, itself included.
    static List<Invocation> withSuccessor(Invocation invocation) {
        return successor(invocation, invocation.createdAt())
                .map(next -> List.of(invocation, next))
                .orElse(List.of(invocation));
    }

    /// An invocation was accepted, with its successor.
    void accepted(Invocation invocation) {
        if (invocation.attempt() != null && invocation.attempt().hasNext()) {
            successors.put(invocation.id(), successorId(invocation.id()));
        }
    }

    /// An attempt that was accepted before is going to be taken up, with its successor.
    void takeUp(ActivationId attempt, ActivationId successor) {
        successors.put(attempt, successor);
    }

    /// An attempt failed.
    ///
    /// @param response null if it is not known
    void failed(ActivationId successor, @Nullable ActivationResponse response) {
        failures.add(new Failed(successor, response));
    }

    /// What follows a success is not needed, as soon as the record that tells of it is durable: a crash before finds an
    /// attempt that may have been running.
    void succeeded(ActivationId successor) {
        aside("no-retry", () -> {
            activations.flush();
            journal.discard(successor);
        });
    }

    private static void aside(String name, Step step) {
        Thread.ofVirtual().name(name).start(() -> {
            try {
                until(step);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /// Never blocks.
    void ended(Activation activation) {
        ActivationId successor = successors.remove(activation.id());
        if (successor == null) {
            return;
        }
        if (activation.response().isSuccess()) {
            successes.put(activation.id(), successor);
        } else {
            failed(successor, activation.response());
        }
    }

    /// Nobody has spoken of an invocation for too long: word of its end may have got lost. Its record decides; without
    /// one it counts as failed. Never blocks.
    void overdue(Invocation invocation) {
        recorded(invocation.id());
        ActivationId successor = successors.remove(invocation.id());
        if (successor != null) {
            aside("overdue", () -> {
                Optional<Activation> record =
                        activations.find(invocation.caller().namespace().name(), invocation.id());
                if (record.isPresent() && record.get().response().isSuccess()) {
                    journal.discard(successor);
                } else {
                    failed(successor, record.map(Activation::response).orElse(null));
                }
            });
        }
    }

    /// The record of an activation was handed over. Never blocks.
    void recorded(ActivationId id) {
        ActivationId successor = successes.remove(id);
        if (successor != null) {
            succeeded(successor);
        }
    }

    /// Until it is interrupted.
    ///
    /// @param resending sends what is to be tried again
    void run(Resending resending) throws InterruptedException {
        while (true) {
            boolean isIdle = due.isEmpty() && ready.isEmpty();
            Failed next = failures.poll(isIdle ? SELDOM_MILLIS : OFTEN_MILLIS, TimeUnit.MILLISECONDS);
            if (next != null) {
                until(() -> settle(next));
            }
            Instant now = steady.instant();
            for (Due first = due.peek(); first != null && !first.at().isAfter(now); first = due.peek()) {
                due.remove();
                ActivationId id = first.id();
                inFlight.leave(first.namespaceUuid());
                until(() -> release(id, resending));
            }
            if (!ready.isEmpty() && !resending.sendRound(ready)) {
                Thread.sleep(STORE_PAUSE);
            }
        }
    }

    private interface Step {
        void run() throws InterruptedException;
    }

    /// As often as it takes for the store to answer.
    private static void until(Step step) throws InterruptedException {
        while (true) {
            try {
                step.run();
                return;
            } catch (StoreException.Unavailable e) {
                LOG.atWarn().setCause(e).log("the next attempt of an activation has to wait for the store");
                Thread.sleep(STORE_PAUSE);
            } catch (RuntimeException e) {
                LOG.atError().setCause(e).log("an activation can't be tried again");
                return;
            }
        }
    }

    private void settle(Failed over) throws InterruptedException {
        Optional<InvocationJournal.Entry> entry = journal.find(over.successor());
        if (entry.isEmpty()) {
            return;
        }
        Invocation successor = entry.get().invocation();
        Attempt attempt = successor.attempt();
        if (attempt == null) {
            return; // nobody puts such a one in
        }
        if (attempt.isDeadLetter()) {
            fire(successor, over.response());
            journal.discard(successor.id());
        } else {
            String payer = successor.caller().namespace().uuid();
            inFlight.enterAnyway(payer);
            Instant at = steady.instant().plus(attempt.policy().pauseBefore(attempt.number()));
            due.add(new Due(at, successor.id(), payer));
        }
    }

    private void fire(Invocation last, @Nullable ActivationResponse response) throws InterruptedException {
        DeadLetters told = deadLetters;
        if (told != null) {
            told.fire(last, response);
        }
    }

    /// Puts the successor of an attempt into the journal, then the attempt in line.
    private void release(ActivationId id, Resending resending) {
        Optional<InvocationJournal.Entry> entry = journal.find(id);
        if (entry.isEmpty()) {
            return;
        }
        Invocation attempt = entry.get().invocation();
        successor(attempt, clock.instant())
                .filter(each -> journal.find(each.id()).isEmpty())
                .ifPresent(journal::accept);
        accepted(attempt);
        ready.addLast(resending.inLine(id));
    }

    private static Optional<Invocation> successor(Invocation invocation, Instant made) {
        Attempt attempt = invocation.attempt();
        return attempt == null || !attempt.hasNext()
                ? Optional.empty()
                : Optional.of(invocation.as(
                        successorId(invocation.id()),
                        new Attempt(attempt.number() + 1, invocation.id(), attempt.policy()),
                        made));
    }

    /// Follows from the attempt's, so that nothing is accepted twice.
    private static ActivationId successorId(ActivationId id) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(("after " + id.value()).getBytes(StandardCharsets.UTF_8));
            return new ActivationId(HexFormat.of().formatHex(hash).substring(0, ID_LENGTH));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has it", e);
        }
    }
}
