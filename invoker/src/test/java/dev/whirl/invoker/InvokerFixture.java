package dev.whirl.invoker;

import static org.awaitility.Awaitility.await;

import dev.whirl.bus.memory.MemoryBus;
import dev.whirl.common.units.ByteSize;
import dev.whirl.invoker.pool.DemandConfig;
import dev.whirl.invoker.pool.PoolConfig;
import dev.whirl.invoker.pool.Reuse;
import dev.whirl.invoker.scripted.Script;
import dev.whirl.invoker.scripted.ScriptedSandboxes;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.activation.StorageLevel;
import dev.whirl.model.activation.StorageRules;
import dev.whirl.model.entity.Action;
import dev.whirl.model.entity.ActionLimits;
import dev.whirl.model.entity.Annotations;
import dev.whirl.model.entity.CodeRef;
import dev.whirl.model.entity.Exec;
import dev.whirl.model.limits.SystemLimits;
import dev.whirl.model.message.ActivationResult;
import dev.whirl.model.message.ControllerId;
import dev.whirl.model.message.Heartbeat;
import dev.whirl.model.message.Invocation;
import dev.whirl.model.message.InvokerId;
import dev.whirl.model.message.Message;
import dev.whirl.model.message.Returned;
import dev.whirl.model.message.SlotFree;
import dev.whirl.model.message.Topic;
import dev.whirl.model.secret.ParameterEncryption;
import dev.whirl.sandbox.RuntimeReadiness;
import dev.whirl.store.ConflictException;
import dev.whirl.store.Stores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// An invoker with everything around it in memory, and a controller that writes down what it is told.
final class InvokerFixture implements AutoCloseable {
    static final InvokerId ID = new InvokerId(0);
    private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(60);

    final Stores stores;
    final MemoryBus bus = new MemoryBus();
    final SimpleMeterRegistry meters;
    final Semaphore ended = new Semaphore(0);
    final List<Message> told = new CopyOnWriteArrayList<>();
    final List<Heartbeat> heartbeats = new CopyOnWriteArrayList<>();

    final ScriptedSandboxes sandboxes;
    final Invoker invoker;
    final CodeRef code;

    InvokerFixture(Script script, InvokerConfig config, Stores stores, SimpleMeterRegistry meters) {
        this.stores = stores;
        this.meters = meters;
        sandboxes = new ScriptedSandboxes(
                script,
                List.of(
                        new RuntimeReadiness("nodejs:20", true, "/usr/bin/node"),
                        new RuntimeReadiness("swift:5.7", false, "needs docker")));
        invoker = new Invoker(config, SystemLimits.STANDALONE, stores, bus, sandboxes, Samples.manifest(), meters);
        bus.subscribe(new Topic.Completed(new ControllerId(0)), this::hear);
        bus.subscribe(new Topic.Health(), message -> {
            if (message instanceof Heartbeat heartbeat) {
                heartbeats.add(heartbeat);
            }
        });
        code = stores.code().put("function main() {}".getBytes(StandardCharsets.UTF_8), false);
        invoker.start();
    }

    /// The same, but a stop ends at once what is running.
    static InvokerConfig hasty(InvokerConfig config) {
        return new InvokerConfig(
                config.id(),
                config.pool(),
                config.reuse(),
                false,
                Duration.ofMillis(1),
                config.records(),
                config.encryption());
    }

    static InvokerConfig config(int megabytes, int queueLimit, StorageLevel level) {
        var pool = new PoolConfig(
                ByteSize.mebibytes(megabytes),
                Duration.ofMinutes(10),
                Duration.ofSeconds(10),
                queueLimit,
                Duration.ofSeconds(60),
                Duration.ofMillis(500),
                4,
                1,
                new DemandConfig(true, Duration.ofHours(2), 0, 1_000));
        var records = new StorageRules(level, level, false);
        return new InvokerConfig(ID, pool, Reuse.SAME_ACTION, false, DRAIN_TIMEOUT, records, ParameterEncryption.OFF);
    }

    static InvokerConfig withEncryption(InvokerConfig config, ParameterEncryption encryption) {
        return new InvokerConfig(
                config.id(), config.pool(), config.reuse(), false, config.drainTimeout(), config.records(), encryption);
    }

    static InvokerConfig withReuse(InvokerConfig config, Reuse reuse) {
        return new InvokerConfig(
                config.id(), config.pool(), reuse, false, config.drainTimeout(), config.records(), config.encryption());
    }

    Action action(String name, ActionLimits limits) {
        return Samples.action(name, new Exec.Code("nodejs:20", code, null), limits, Annotations.NONE);
    }

    /// Keeps an action with ordinary limits.
    ///
    /// @return its revision
    String put(String name) {
        return put(action(name, Samples.LIMITS));
    }

    String put(Action action) {
        try {
            var found = stores.entities().find(action.id());
            return stores.entities()
                    .put(action, found.map(each -> each.revision()).orElse(null))
                    .value();
        } catch (ConflictException e) {
            throw new IllegalStateException(e);
        }
    }

    Invocation call(String action, String revision) {
        return Samples.call(action, revision, "{'name':'you'}");
    }

    /// As a call that is answered with a 202.
    Invocation accepted(Invocation call) {
        Invocation accepted = call.accepted();
        stores.journal().accept(accepted);
        return accepted;
    }

    /// What the last heartbeat said.
    boolean saysItIsDraining() {
        return !heartbeats.isEmpty() && heartbeats.getLast().isDraining();
    }

    /// Whether a run has begun.
    boolean isRunning() {
        return sandboxes.started.stream().anyMatch(each -> !each.runs.isEmpty());
    }

    void send(Invocation call) {
        bus.publish(new Topic.Work(ID), call);
    }

    /// Sends it and waits for its end.
    Activation run(Invocation call) {
        send(call);
        awaitEnd(call.id());
        return result(call.id());
    }

    Activation run(String action, String revision) {
        return run(call(action, revision));
    }

    /// Sends one that is to be given back, as nobody begins it.
    void sendInVain(Invocation call) {
        send(call);
        await().until(() -> told.contains(new Returned(call.id(), ID)));
    }

    void awaitEnd(ActivationId id) {
        await().until(() -> told.stream()
                .anyMatch(each -> each instanceof SlotFree free && free.id().equals(id)));
    }

    Activation result(ActivationId id) {
        List<Activation> results = told.stream()
                .flatMap(each -> each instanceof ActivationResult result
                                && result.activation().id().equals(id)
                        ? java.util.stream.Stream.of(result.activation())
                        : java.util.stream.Stream.empty())
                .toList();
        if (results.size() != 1) {
            throw new AssertionError("exactly one result, got " + results);
        }
        return results.getFirst();
    }

    SlotFree slotFree(ActivationId id) {
        return told.stream()
                .filter(each -> each instanceof SlotFree free && free.id().equals(id))
                .map(SlotFree.class::cast)
                .findFirst()
                .orElseThrow();
    }

    Optional<Activation> record(ActivationId id) {
        return stores.activations().find(Samples.GUEST.namespace().name(), id);
    }

    double count(String outcome, @Nullable String start) {
        var search = meters.find("whirl.invocations").tag("outcome", outcome);
        return (start == null ? search : search.tag("start", start))
                .counters().stream().mapToDouble(each -> each.count()).sum();
    }

    @Override
    public void close() {
        try {
            invoker.stop();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void hear(Message message) {
        told.add(message);
        if (message instanceof SlotFree) {
            ended.release();
        }
    }
}
