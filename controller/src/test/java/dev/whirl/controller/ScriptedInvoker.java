package dev.whirl.controller;

import dev.whirl.bus.Bus;
import dev.whirl.common.units.ByteSize;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationResponse;
import dev.whirl.model.activation.StorageRules;
import dev.whirl.model.entity.Annotations;
import dev.whirl.model.entity.Version;
import dev.whirl.model.json.RawJson;
import dev.whirl.model.message.ActivationResult;
import dev.whirl.model.message.Heartbeat;
import dev.whirl.model.message.Invocation;
import dev.whirl.model.message.InvokerId;
import dev.whirl.model.message.Prepare;
import dev.whirl.model.message.Returned;
import dev.whirl.model.message.SlotFree;
import dev.whirl.model.message.Topic;
import dev.whirl.store.Stores;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Stands for an invoker: answers each invocation with what the script says, after the gate is open.
public final class ScriptedInvoker implements AutoCloseable {
    public static final InvokerId ID = new InvokerId(0);

    private final Bus bus;
    private final Stores stores;
    private final InstantSource clock;
    private final List<Invocation> received = Collections.synchronizedList(new ArrayList<>());
    private final List<Prepare> hints = Collections.synchronizedList(new ArrayList<>());
    private volatile Function<Invocation, ActivationResponse> script =
            invocation -> ActivationResponse.success(invocation.arguments());
    private volatile boolean isAtFault;
    private volatile ByteSize pool = ByteSize.mebibytes(2048);
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private Bus.@Nullable Subscription subscription;

    ScriptedInvoker(Bus bus, Stores stores, InstantSource clock) {
        this.bus = bus;
        this.stores = stores;
        this.clock = clock;
    }

    public void start() {
        subscription = bus.subscribe(new Topic.Work(ID), message -> {
            if (message instanceof Invocation invocation) {
                received.add(invocation);
                CountDownLatch opened = gate;
                if (opened.getCount() == 0) {
                    answer(invocation);
                } else {
                    Thread.startVirtualThread(() -> answerWhenOpen(opened, invocation));
                }
            } else if (message instanceof Prepare hint) {
                hints.add(hint);
            }
        });
        beat(false);
    }

    public void beat(boolean isDraining) {
        bus.publish(new Topic.Health(), new Heartbeat(ID, pool, pool, Map.of(), isDraining));
    }

    public void answerWith(Function<Invocation, ActivationResponse> next) {
        script = next;
    }

    public void answerWith(ActivationResponse.Status status, String result) {
        RawJson json = TestPlatform.json(result);
        script = _ -> new ActivationResponse(status, json, (long) json.sizeBytes());
    }

    /// It has so much memory for sandboxes.
    void has(ByteSize memory) {
        pool = memory;
    }

    /// From now on it can run nothing, or everything again.
    public void atFault(boolean isIt) {
        isAtFault = isIt;
    }

    /// From now on invocations stay unanswered until the returned latch is counted down.
    public CountDownLatch hold() {
        gate = new CountDownLatch(1);
        return gate;
    }

    /// Gives one back that it has not begun.
    public void giveBack(Invocation invocation) {
        bus.publish(new Topic.Completed(invocation.replyTo()), new Returned(invocation.id(), ID));
    }

    public List<Invocation> received() {
        return received;
    }

    /// Which actions it was told to make ready for.
    public List<Prepare> hints() {
        return hints;
    }

    public Activation record(Invocation invocation, Instant start, List<String> logs) {
        return new Activation(
                invocation.caller().namespace().name(),
                invocation.action().name(),
                Version.FIRST,
                invocation.caller().subject(),
                invocation.id(),
                start,
                start.plusMillis(7),
                Duration.ofMillis(7),
                invocation.cause(),
                script.apply(invocation),
                logs,
                Annotations.NONE.with("path", RawJson.string(invocation.action().toString())));
    }

    private void answerWhenOpen(CountDownLatch opened, Invocation invocation) {
        try {
            opened.await();
            answer(invocation);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(Invocation invocation) {
        Activation activation = record(invocation, clock.instant(), List.of());
        bus.publish(
                new Topic.Completed(invocation.replyTo()), new ActivationResult(invocation.transaction(), activation));
        if (StorageRules.mayKeep(invocation)) {
            stores.activations().record(activation.withLogs(List.of("2026-01-01T00:00:00.000000001Z stdout: hi")));
        }
        bus.publish(new Topic.Completed(invocation.replyTo()), new SlotFree(invocation.id(), ID, isAtFault));
    }

    @Override
    public void close() {
        if (subscription != null) {
            subscription.close();
        }
    }
}
