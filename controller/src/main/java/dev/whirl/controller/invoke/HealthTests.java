package dev.whirl.controller.invoke;

import dev.whirl.controller.directory.CallableAction;
import dev.whirl.controller.place.Cluster;
import dev.whirl.controller.place.RecentOutcomes.Outcome;
import dev.whirl.model.TransactionId;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.activation.ActivationResponse.Status;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.identity.AuthKey;
import dev.whirl.model.identity.Identity;
import dev.whirl.model.identity.Namespace;
import dev.whirl.model.json.RawJson;
import dev.whirl.model.limits.NamespaceLimits;
import dev.whirl.model.message.ControllerId;
import dev.whirl.model.message.Invocation;
import dev.whirl.model.message.InvokerId;
import dev.whirl.store.ConflictException;
import dev.whirl.store.Stores;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends test actions to invokers that are unhealthy or unresponsive (row I-14). They are nobody's: no quota counts
/// them, and they leave neither records nor events.
final class HealthTests {
    private static final Logger LOG = LoggerFactory.getLogger(HealthTests.class);
    private static final Duration LOOK = Duration.ofSeconds(1);

    /// No subject can be called so: it has a slash.
    private static final String SUBJECT = "whisk.system/invokerHealth";

    private static final Identity NOBODY = new Identity(
            SUBJECT,
            new Namespace(HealthTestAction.NAMESPACE, SUBJECT),
            new AuthKey(SUBJECT, "none"),
            new NamespaceLimits(null, null, null, null, false));

    private final ControllerId self;
    private final HealthTestAction action;
    private final Stores stores;
    private final Cluster cluster;
    private final Dispatch dispatch;
    private final Consumer<EntityId> written;
    private final InstantSource clock;

    HealthTests(
            EngineSettings settings,
            Stores stores,
            Cluster cluster,
            Dispatch dispatch,
            Consumer<EntityId> written,
            InstantSource clock) {
        this.self = settings.self();
        this.action = settings.healthTest();
        this.stores = stores;
        this.cluster = cluster;
        this.dispatch = dispatch;
        this.written = written;
        this.clock = clock;
    }

    /// Whether an activation is one of these.
    static boolean isTest(Activation activation) {
        return activation.subject().equals(SUBJECT);
    }

    /// What a result says of its invoker: code as simple as this can't be at fault itself.
    static boolean isFailed(Activation activation) {
        return activation.response().status() == Status.DEVELOPER_ERROR;
    }

    /// Watches until it is interrupted.
    void run() throws InterruptedException {
        while (true) {
            for (InvokerId each : cluster.awaitTests(LOOK)) {
                test(each);
            }
        }
    }

    private void test(InvokerId invoker) {
        try {
            var stored = action.in(stores.entities(), stores.code(), clock.instant());
            if (stored.isPresent()) {
                send(stored.get(), invoker);
            } else {
                cluster.ended(invoker, Outcome.DONE); // it can't be tried, so it gets another chance
            }
        } catch (ConflictException | RuntimeException e) {
            LOG.atWarn().addKeyValue("invoker", invoker).setCause(e).log("a test action could not be sent");
        }
    }

    private void send(CallableAction callable, InvokerId invoker) {
        written.accept(callable.action().id());
        cluster.occupy(invoker, callable.placement());
        dispatch.send(invocation(callable), invoker, callable);
    }

    private Invocation invocation(CallableAction callable) {
        return new Invocation(
                TransactionId.random(),
                ActivationId.random(),
                callable.action().id(),
                callable.revision().value(),
                null,
                NOBODY,
                RawJson.EMPTY_OBJECT,
                List.of(),
                Map.of(),
                true,
                false,
                null,
                self,
                clock.instant());
    }
}
