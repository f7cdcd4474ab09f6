package dev.whirl.controller.invoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whirl.common.time.ManualClock;
import dev.whirl.controller.access.InFlight;
import dev.whirl.model.TransactionId;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.activation.ActivationResponse;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.entity.RetryPolicy;
import dev.whirl.model.identity.AuthKey;
import dev.whirl.model.identity.Identity;
import dev.whirl.model.identity.Namespace;
import dev.whirl.model.json.RawJson;
import dev.whirl.model.limits.NamespaceLimits;
import dev.whirl.model.message.Attempt;
import dev.whirl.model.message.ControllerId;
import dev.whirl.model.message.Invocation;
import dev.whirl.store.memory.MemoryStores;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Attempts of whose end no word came.
class OverdueAttemptsTest {
    private static final NamespaceName NAMESPACE = new NamespaceName("somebody");

    private final MemoryStores stores = new MemoryStores();
    private final Retries retries = new Retries(
            stores.activations(),
            stores.journal(),
            new InFlight(),
            new ManualClock(Instant.EPOCH),
            new ManualClock(Instant.EPOCH));
    private final Invocation only = new Invocation(
                    new TransactionId("t"),
                    ActivationId.random(),
                    EntityId.of(NAMESPACE, new EntityName("a")),
                    "1",
                    null,
                    new Identity(
                            "somebody", new Namespace(NAMESPACE, "u"), new AuthKey("u", "s"), NamespaceLimits.NONE),
                    RawJson.EMPTY_OBJECT,
                    List.of(),
                    Map.of(),
                    false,
                    true,
                    null,
                    new ControllerId(0),
                    Instant.EPOCH)
            .as(
                    ActivationId.random(),
                    Attempt.first(new RetryPolicy(1, Duration.ofMillis(1), "/_/mourner")),
                    Instant.EPOCH);
    private final List<Invocation> deadLetters = new CopyOnWriteArrayList<>();
    private Thread thread;

    @BeforeEach
    void accept() {
        retries.tell((last, _) -> deadLetters.add(last));
        stores.journal().acceptAll(Retries.withSuccessor(only), null);
        retries.accepted(only);
        thread = Thread.ofVirtual().start(this::run);
    }

    @SuppressWarnings("NullAway") // nothing comes to be sent
    private void run() {
        try {
            retries.run(null);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void end() {
        thread.interrupt();
    }

    @Test
    void oneWithoutARecordHasFailed() {
        retries.overdue(only);

        await().until(() -> deadLetters.size() == 1);
        assertThat(deadLetters.getFirst().id())
                .isEqualTo(Retries.withSuccessor(only).get(1).id());
    }

    @Test
    void oneWhoseRecordTellsOfASuccessIsOver() {
        stores.activations()
                .record(FailureRecord.notSent(only, null, Instant.EPOCH)
                        .withResponse(ActivationResponse.success(RawJson.EMPTY_OBJECT)));

        retries.overdue(only);

        await().until(() -> stores.journal().unfinished(null, 10).isEmpty());
        assertThat(deadLetters).isEmpty();
    }
}
