package dev.whirl.controller.invoke;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.model.TransactionId;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.activation.ActivationSummary;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.identity.AuthKey;
import dev.whirl.model.identity.Identity;
import dev.whirl.model.identity.Namespace;
import dev.whirl.model.json.RawJson;
import dev.whirl.model.limits.NamespaceLimits;
import dev.whirl.model.message.ControllerId;
import dev.whirl.model.message.Invocation;
import dev.whirl.store.Activations;
import dev.whirl.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ResultWaitTest {
    private static final NamespaceName NAMESPACE = new NamespaceName("somebody");

    private final Invocation invocation = new Invocation(
            new TransactionId("t"),
            ActivationId.random(),
            EntityId.of(NAMESPACE, new EntityName("a")),
            "1",
            null,
            new Identity("somebody", new Namespace(NAMESPACE, "u"), new AuthKey("u", "s"), NamespaceLimits.NONE),
            RawJson.EMPTY_OBJECT,
            List.of(),
            Map.of(),
            true,
            false,
            null,
            new ControllerId(0),
            Instant.EPOCH);
    private final Activation result = FailureRecord.actionGone(invocation, Instant.EPOCH);
    private final PendingResults pending = new PendingResults();

    @Test
    @Tag("R-88")
    void itGoesOnWhileTheStoreCanNotBeRead() throws InterruptedException {
        var results = new ResultWait(new UnreadableRecords(), Duration.ofMillis(1));

        try (Ticket ticket = pending.open(invocation.id())) {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);

            assertThat(results.await(ticket, invocation, deadline)).contains(result);
        }
    }

    /// Can never be read. The result itself comes while they are looked at for the third time.
    private final class UnreadableRecords implements Activations {
        private int looks;

        @Override
        public Optional<Activation> find(NamespaceName namespace, ActivationId id) {
            looks++;
            if (looks == 3) {
                pending.complete(result);
            }
            throw unreadable();
        }

        @Override
        public void expect(NamespaceName namespace, ActivationId id) {
            throw unreadable();
        }

        @Override
        public void record(Activation activation) {
            throw unreadable();
        }

        @Override
        public List<ActivationSummary> list(Query query) {
            throw unreadable();
        }

        @Override
        public List<Activation> listFull(Query query) {
            throw unreadable();
        }

        @Override
        public long count(Query query) {
            throw unreadable();
        }

        @Override
        public List<NamespaceName> namespaces() {
            throw unreadable();
        }

        @Override
        public void flush() {
            throw unreadable();
        }

        @Override
        public long prune(Retention retention, Instant now) {
            throw unreadable();
        }

        private static StoreException unreadable() {
            return new StoreException.Unavailable("out of reach");
        }
    }
}
