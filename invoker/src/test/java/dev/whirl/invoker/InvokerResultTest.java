package dev.whirl.invoker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whirl.invoker.scripted.Script;
import dev.whirl.invoker.scripted.ScriptedSandbox;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationResponse.Status;
import dev.whirl.model.identity.Subject;
import dev.whirl.model.json.RawJson;
import dev.whirl.model.limits.NamespaceLimits;
import dev.whirl.model.message.ActivationResult;
import dev.whirl.model.message.Invocation;
import dev.whirl.model.message.SlotFree;
import dev.whirl.sandbox.InitRequest;
import dev.whirl.sandbox.Reply;
import dev.whirl.sandbox.RunRequest;
import dev.whirl.sandbox.Sandbox.Condition;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What comes back from a run.
class InvokerResultTest {
    @RegisterExtension
    final OpenInvokers invokers = new OpenInvokers();

    @Test
    @Tag("R-88")
    @Tag("R-131")
    @Tag("I-5")
    @Tag("P-10")
    void theResultGoesOutFirstThenTheRecordWithLogsThenTheSlotIsFree() {
        InvokerFixture fixture = invokers.open(new Script());
        Invocation call = fixture.call("hello", fixture.put("hello"));

        Activation result = fixture.run(call);

        assertThat(result.response().status()).isEqualTo(Status.SUCCESS);
        assertThat(String.valueOf(result.response().result())).isEqualTo("{\"ran\":true}");
        assertThat(result.logs()).isEmpty();
        assertThat(fixture.record(call.id()))
                .contains(result.withLogs(List.of("2026-01-02T03:04:05.678901234Z stdout: hello")));
        assertThat(fixture.told).hasSize(2);
        assertThat(fixture.told.getFirst()).isInstanceOf(ActivationResult.class);
        assertThat(fixture.told.getLast()).isEqualTo(new SlotFree(call.id(), InvokerFixture.ID, false));
    }

    @Test
    @Tag("R-135")
    @Tag("I-19")
    void onlyTheFirstRunHasAnInitTime() {
        InvokerFixture fixture = invokers.open(new Script());
        String revision = fixture.put("hello");

        Activation first = fixture.run("hello", revision);
        Activation second = fixture.run("hello", revision);

        assertThat(first.annotations().find("initTime")).isPresent();
        assertThat(second.annotations().find("initTime")).isEmpty();
        assertThat(fixture.sandboxes.started).hasSize(1);
        assertThat(fixture.count("success", "cold")).isEqualTo(1);
        assertThat(fixture.count("success", "warm")).isEqualTo(1);
    }

    @Test
    @Tag("K-10")
    @Tag("K-11")
    void codeAndArgumentsReachTheSandbox() {
        InvokerFixture fixture = invokers.open(new Script());

        fixture.run("hello", fixture.put("hello"));

        ScriptedSandbox sandbox = fixture.sandboxes.started.getFirst();
        assertThat(sandbox.spec().runtime()).isEqualTo("nodejs:20");
        assertThat(sandbox.codes).containsExactly(RawJson.string("function main() {}"));
        assertThat(sandbox.inits.getFirst().body().toString()).contains("\"name\":\"hello\"");
        assertThat(sandbox.runs.getFirst().body().toString()).contains("\"value\":{\"name\":\"you\"}");
    }

    @Test
    @Tag("I-21")
    void aDeveloperErrorDestroysTheSandboxAndAnApplicationErrorKeepsIt() {
        var throwsNow = new AtomicBoolean();
        InvokerFixture fixture = invokers.open(new Script() {
            @Override
            public Reply run(ScriptedSandbox sandbox, RunRequest request) {
                return throwsNow.get() ? answer(502, "{\"error\":\"thrown\"}") : answer(200, "{\"error\":\"mine\"}");
            }
        });
        String revision = fixture.put("hello");

        assertThat(fixture.run("hello", revision).response().status()).isEqualTo(Status.APPLICATION_ERROR);
        throwsNow.set(true);
        Activation failed = fixture.run("hello", revision);

        assertThat(failed.response().status()).isEqualTo(Status.DEVELOPER_ERROR);
        assertThat(fixture.sandboxes.started).hasSize(1);
        await().until(() -> fixture.sandboxes.alive().isEmpty());
        assertThat(fixture.record(failed.id()).orElseThrow().logs().getLast())
                .endsWith(" stderr: The action did not initialize or run as expected. Log data might be missing.");
    }

    @Test
    @Tag("I-21")
    @Tag("K-12")
    @Tag("R-135")
    void aFailedInitIsTheDevelopersErrorWithItsInitTimeAndLogs() {
        InvokerFixture fixture = invokers.open(new Script() {
            @Override
            public Reply init(ScriptedSandbox sandbox, InitRequest request) {
                return answer(502, "{\"error\":\"line 1: syntax\"}");
            }
        });

        Activation failed = fixture.run("hello", fixture.put("hello"));

        assertThat(String.valueOf(failed.response().result())).isEqualTo("{\"error\":\"line 1: syntax\"}");
        assertThat(failed.annotations().find("initTime")).isPresent();
        assertThat(fixture.record(failed.id()).orElseThrow().logs()).hasSize(2);
        await().until(() -> fixture.sandboxes.alive().isEmpty());
    }

    @Test
    @Tag("K-14")
    @Tag("attack-23")
    void aTimeoutIsAnnotatedAndItsSandboxKilled() {
        InvokerFixture fixture = invokers.open(new Script() {
            @Override
            public Reply run(ScriptedSandbox sandbox, RunRequest request) {
                return new Reply.TimedOut();
            }
        });

        Activation late = fixture.run("hello", fixture.put("hello"));

        assertThat(String.valueOf(late.response().result()))
                .contains("The action exceeded its time limits of 5000 milliseconds.");
        assertThat(late.annotations().isTruthy("timeout")).isTrue();
        await().until(() -> fixture.sandboxes.alive().isEmpty());
    }

    @Test
    @Tag("I-7")
    void heartbeatsTellMemoryAndWarmPlacesSoonAfterTheyChange() {
        InvokerFixture fixture = invokers.open(new Script());
        await().until(() -> !fixture.heartbeats.isEmpty());
        assertThat(fixture.heartbeats.getFirst().warm()).isEmpty();

        fixture.run("hello", fixture.put("hello"));

        await().until(() -> fixture.heartbeats.getLast().warm().containsKey(Samples.id("hello")));
        await().until(() -> fixture.heartbeats
                .getLast()
                .freeMemory()
                .equals(fixture.heartbeats.getLast().poolMemory()));
        assertThat(fixture.heartbeats.getLast().isDraining()).isFalse();
    }

    @Test
    @Tag("I-5")
    void whatFailsAfterTheResultIsNeitherToldNorCountedASecondTime() {
        InvokerFixture fixture = invokers.open(new Script(), new BrokenTimers());
        Invocation call = fixture.call("hello", fixture.put("hello"));

        Activation result = fixture.run(call);

        assertThat(result.response().status()).isEqualTo(Status.SUCCESS);
        assertThat(fixture.record(call.id()).orElseThrow().response().status()).isEqualTo(Status.SUCCESS);
        assertThat(fixture.slotFree(call.id()).isSystemError()).isFalse();
        await().until(() -> fixture.invoker.unfinished() == 0);
        assertThat(fixture.told).hasSize(2);
        assertThat(fixture.count("success", null)).isEqualTo(1);
        assertThat(fixture.count("whisk_error", null)).isZero();
    }

    @Test
    @Tag("I-5")
    void aSandboxThatCannotBeLookedOverKeepsNobodyFromTheRest() {
        InvokerFixture fixture = invokers.open(new Script() {
            @Override
            public Condition inspect() {
                throw new AssertionError("the sandbox is not what it was");
            }
        });
        Invocation call = fixture.call("hello", fixture.put("hello"));

        Activation result = fixture.run(call);

        assertThat(result.response().status()).isEqualTo(Status.SUCCESS);
        await().until(() -> fixture.sandboxes.alive().isEmpty());
        assertThat(fixture.told).hasSize(2);
    }

    @Test
    @Tag("I-18")
    void whatWasAcceptedOfABlockedSubjectIsAnsweredAndNotRunAndNotRecorded() {
        InvokerFixture fixture = invokers.open(new Script());
        fixture.stores.subjects().put(new Subject(Samples.GUEST.subject(), List.of(), true));
        Invocation call = fixture.accepted(fixture.call("hello", fixture.put("hello")));

        Activation result = fixture.run(call);

        assertThat(result.response().status()).isEqualTo(Status.APPLICATION_ERROR);
        assertThat(String.valueOf(result.response().result()))
                .isEqualTo("{\"error\":\"The action was not invoked due to a blacklisted namespace.\"}");
        assertThat(fixture.record(call.id())).isEmpty();
        assertThat(fixture.stores.journal().unfinished(null, 100)).isEmpty();
        assertThat(fixture.sandboxes.started).isEmpty();
    }

    @Test
    @Tag("I-18")
    void aNamespaceThatMayNotInvokeAtAllIsBlocked() {
        InvokerFixture fixture = invokers.open(new Script());
        var none = new NamespaceLimits(0, null, null, null, null);

        Activation result = fixture.run(Samples.asCallerWith(fixture.call("hello", fixture.put("hello")), none));

        assertThat(result.response().status()).isEqualTo(Status.APPLICATION_ERROR);
        assertThat(fixture.sandboxes.started).isEmpty();
    }
}
