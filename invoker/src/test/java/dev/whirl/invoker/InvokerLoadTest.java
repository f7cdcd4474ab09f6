package dev.whirl.invoker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whirl.invoker.scripted.Script;
import dev.whirl.invoker.scripted.ScriptedSandbox;
import dev.whirl.model.TransactionId;
import dev.whirl.model.activation.StorageLevel;
import dev.whirl.model.entity.ActionLimits;
import dev.whirl.model.message.ActivationResult;
import dev.whirl.model.message.Invocation;
import dev.whirl.model.message.Prepare;
import dev.whirl.model.message.SlotFree;
import dev.whirl.model.message.Topic;
import dev.whirl.sandbox.Reply;
import dev.whirl.sandbox.RunRequest;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Many invocations at a time.
class InvokerLoadTest {
    @RegisterExtension
    final OpenInvokers invokers = new OpenInvokers();

    @Test
    void whatDoesNotFitInTheQueueIsRefusedAtOnceAndRecorded() throws Exception {
        var goOn = new CountDownLatch(1);
        InvokerFixture fixture =
                invokers.open(Script.blocking(goOn), InvokerFixture.config(256, 2, StorageLevel.ALWAYS));
        String revision = fixture.put("slow");
        var calls = new ArrayList<Invocation>();
        for (int i = 0; i < 8; i++) {
            Invocation call = fixture.call("slow", revision);
            calls.add(call);
            fixture.send(call);
        }

        await().until(() -> fixture.count("whisk_error", "none") >= 5);
        goOn.countDown();
        calls.forEach(each -> fixture.awaitEnd(each.id()));

        assertThat(fixture.count("success", null)).isBetween(2.0, 3.0);
        assertThat(calls).allMatch(each -> fixture.record(each.id()).isPresent());
    }

    @Test
    @Tag("K-18")
    @Tag("P-27")
    void severalRunsShareOneSandboxWhereActionAndRuntimeAllowIt() throws Exception {
        var inside = new CountDownLatch(5);
        InvokerFixture fixture = invokers.open(new Script() {
            @Override
            public boolean runsConcurrently() {
                return true;
            }

            @Override
            public Reply run(ScriptedSandbox sandbox, RunRequest request) throws InterruptedException {
                inside.countDown();
                boolean areAllInside = inside.await(60, TimeUnit.SECONDS);
                return answer(200, "{\"all\":" + areAllInside + "}");
            }
        });
        var limits =
                new ActionLimits(Samples.LIMITS.timeout(), Samples.LIMITS.memory(), Samples.LIMITS.logs(), 5, null);
        String revision = fixture.put(fixture.action("shared", limits));
        var calls = new ArrayList<Invocation>();
        for (int i = 0; i < 5; i++) {
            Invocation call = fixture.call("shared", revision);
            calls.add(call);
            fixture.send(call);
        }

        calls.forEach(each -> fixture.awaitEnd(each.id()));
        assertThat(calls)
                .allMatch(each -> "{\"all\":true}"
                        .equals(String.valueOf(
                                fixture.result(each.id()).response().result())));
        assertThat(fixture.sandboxes.started).hasSize(1);
    }

    @Test
    @Tag("P-8")
    void thousandsOfCallsEndOnceEach() throws Exception {
        InvokerFixture fixture = invokers.open(new Script());
        String revision = fixture.put("hello");
        int atATime = 60;
        int calls = 2_000;
        fixture.ended.release(atATime);
        for (int i = 0; i < calls; i++) {
            assertThat(fixture.ended.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
            fixture.send(fixture.call("hello", revision));
        }
        assertThat(fixture.ended.tryAcquire(atATime, 60, TimeUnit.SECONDS)).isTrue();

        assertThat(fixture.told.stream().filter(SlotFree.class::isInstance)).hasSize(calls);
        assertThat(fixture.told.stream().filter(ActivationResult.class::isInstance))
                .hasSize(calls);
        assertThat(fixture.count("success", null)).isEqualTo(calls);
    }

    @Test
    @Tag("R-180")
    void aHintStartsASandboxThatTheNextCallFindsReady() {
        InvokerFixture fixture = invokers.open(new Script());
        String revision = fixture.put("next");

        fixture.bus.publish(
                new Topic.Work(InvokerFixture.ID),
                new Prepare(
                        new TransactionId("transaction-1"), Samples.id("next"), revision, Samples.GUEST.namespace()));
        await().until(() -> fixture.meters.get("whirl.pool.prewarmed").gauge().value() == 1);
        fixture.run("next", revision);

        assertThat(fixture.sandboxes.started).hasSize(1);
        assertThat(fixture.count("success", "prewarmed")).isEqualTo(1);
    }
}
