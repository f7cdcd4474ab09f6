package dev.whirl.controller.invoke;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.bus.memory.MemoryBus;
import dev.whirl.controller.access.Gate;
import dev.whirl.controller.access.InFlight;
import dev.whirl.controller.directory.CallableAction;
import dev.whirl.controller.directory.Directory;
import dev.whirl.controller.directory.Resolver;
import dev.whirl.controller.events.EventsConfig;
import dev.whirl.controller.events.UserEvents;
import dev.whirl.controller.invoke.compose.Callees;
import dev.whirl.controller.invoke.compose.Compositions;
import dev.whirl.controller.invoke.compose.Steps;
import dev.whirl.model.TransactionId;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.activation.ActivationResponse.Status;
import dev.whirl.model.entity.Action;
import dev.whirl.model.entity.ActionLimits;
import dev.whirl.model.entity.Annotations;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.entity.Exec;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.entity.Parameters;
import dev.whirl.model.entity.Version;
import dev.whirl.model.identity.AuthKey;
import dev.whirl.model.identity.Identity;
import dev.whirl.model.identity.Namespace;
import dev.whirl.model.json.RawJson;
import dev.whirl.model.limits.NamespaceLimits;
import dev.whirl.model.limits.SystemLimits;
import dev.whirl.model.message.ControllerId;
import dev.whirl.store.Revision;
import dev.whirl.store.StoreException;
import dev.whirl.store.memory.MemoryStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A composition that the platform can't go on with while its caller waits.
class BrokenCompositionTest {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final Identity CALLER = new Identity(
            "somebody", new Namespace(new NamespaceName("somebody"), "u"), new AuthKey("u", "s"), NamespaceLimits.NONE);

    private final MemoryStores stores = new MemoryStores();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<Activation> kept = new ArrayList<>();
    private final BrokenStep step = new BrokenStep();
    private final ComposedRuns runs = new ComposedRuns(
            new NewInvocations(new ControllerId(0), CLOCK),
            new Compositions(
                    new Callees(new Resolver(new Directory(stores.entities())), (_, _) -> {}),
                    step,
                    (_, record) -> kept.add(record),
                    50,
                    CLOCK),
            new CompositionRoom(),
            stores.journal(),
            new Outcomes(meters));

    @Test
    @Tag("R-180")
    void itEndsInARecordAndHoldsNothing() throws InterruptedException {
        InvokeOutcome outcome = runs.runAndWait(call(), Duration.ofSeconds(10));

        assertThat(kept).hasSize(1);
        assertThat(kept.getFirst().response().status()).isEqualTo(Status.WHISK_ERROR);
        assertThat(outcome).isEqualTo(new InvokeOutcome.Finished(kept.getFirst()));
        assertThat(step.isClosed).isTrue();
        assertThat(runs.running()).isZero();
    }

    private InvokeCall call() {
        var gate = new Gate(
                SystemLimits.STANDALONE,
                CLOCK,
                new InFlight(),
                new UserEvents(EventsConfig.OFF, "controller0", new MemoryBus(), meters, CLOCK));
        var conductor = new Action(
                EntityId.of(CALLER.namespace().name(), new EntityName("c")),
                new Exec.Blackbox("image", null, null),
                Parameters.NONE,
                ActionLimits.DEFAULT,
                Version.FIRST,
                Annotations.NONE.with("conductor", RawJson.TRUE),
                Instant.EPOCH);
        return new InvokeCall(
                new TransactionId("t"),
                CALLER,
                CallableAction.of(conductor, new Revision("1")),
                RawJson.EMPTY_OBJECT,
                gate.admit(CALLER),
                null);
    }

    /// Is sent, and nothing can be heard of it.
    private static final class BrokenStep implements Steps, Steps.Step {
        private boolean isClosed;

        @Override
        public Step begin(StepCall call) {
            return this;
        }

        @Override
        public void prepare(TransactionId transaction, Identity caller, CallableAction next) {}

        @Override
        public ActivationId id() {
            return ActivationId.random();
        }

        @Override
        public Optional<Activation> await(long deadlineNanos) {
            throw new StoreException.Unavailable("no space left");
        }

        @Override
        public void close() {
            isClosed = true;
        }
    }
}
