package dev.whirl.invoker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whirl.invoker.scripted.Script;
import dev.whirl.invoker.scripted.ScriptedSandbox;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationResponse.Status;
import dev.whirl.model.entity.Action;
import dev.whirl.model.entity.ActionLimits;
import dev.whirl.model.entity.Annotations;
import dev.whirl.model.entity.CodeRef;
import dev.whirl.model.entity.Exec;
import dev.whirl.model.entity.Version;
import dev.whirl.model.identity.Identity;
import dev.whirl.model.limits.NamespaceLimits;
import dev.whirl.model.message.ActivationResult;
import dev.whirl.model.message.EntityChanged;
import dev.whirl.model.message.Invocation;
import dev.whirl.model.message.SlotFree;
import dev.whirl.model.message.Topic;
import dev.whirl.sandbox.Reply;
import dev.whirl.sandbox.RunRequest;
import dev.whirl.sandbox.SandboxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class InvokerTest {
    private final List<InvokerFixture> fixtures = new ArrayList<>();

    @AfterEach
    void close() {
        fixtures.forEach(InvokerFixture::close);
        fixtures.forEach(each -> assertThat(each.sandboxes.abuses()).isEmpty());
        fixtures.forEach(each -> assertThat(each.sandboxes.alive()).isEmpty());
    }

    @Test
    @Tag("R-88")
    @Tag("R-131")
    @Tag("I-5")
    @Tag("P-10")
    void theResultGoesOutFirstThenTheRecordWithLogsThenTheSlotIsFree() {
        InvokerFixture fixture = open(new Script());
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
        InvokerFixture fixture = open(new Script());
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
        InvokerFixture fixture = open(new Script());

        fixture.run("hello", fixture.put("hello"));

        ScriptedSandbox sandbox = fixture.sandboxes.started.getFirst();
        assertThat(sandbox.spec().runtime()).isEqualTo("nodejs:20");
        assertThat(sandbox.inits.getFirst().body().toString()).contains("\"code\":\"function main() {}\"");
        assertThat(sandbox.runs.getFirst().body().toString()).contains("\"value\":{\"name\":\"you\"}");
    }

    @Test
    @Tag("I-21")
    void aDeveloperErrorDestroysTheSandboxAndAnApplicationErrorKeepsIt() {
        var throwsNow = new AtomicBoolean();
        InvokerFixture fixture = open(new Script() {
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
        InvokerFixture fixture = open(new Script() {
            @Override
            public Reply init(ScriptedSandbox sandbox, dev.whirl.sandbox.InitRequest request) {
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
        InvokerFixture fixture = open(new Script() {
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
    @Tag("I-22")
    @Tag("P-20")
    void aRunThatDidNotReachItsWarmSandboxGoesToAnotherOnce() {
        var isLost = new AtomicBoolean();
        InvokerFixture fixture = open(new Script() {
            @Override
            public Reply run(ScriptedSandbox sandbox, RunRequest request) {
                return isLost.getAndSet(false)
                        ? new Reply.NotReached("connection reset")
                        : answer(200, "{\"ran\":true}");
            }
        });
        String revision = fixture.put("hello");
        fixture.run("hello", revision);

        isLost.set(true);
        Activation again = fixture.run("hello", revision);

        assertThat(again.response().status()).isEqualTo(Status.SUCCESS);
        assertThat(fixture.sandboxes.started).hasSize(2);
        assertThat(fixture.sandboxes.started.getFirst().isClosed()).isTrue();
    }

    @Test
    @Tag("P-20")
    void anInitThatIsNeverReachedIsThePlatformsFaultAfterTwoAttempts() {
        InvokerFixture fixture = open(new Script() {
            @Override
            public Reply init(ScriptedSandbox sandbox, dev.whirl.sandbox.InitRequest request) {
                return new Reply.NotReached("connection refused");
            }
        });

        Activation failed = fixture.run("hello", fixture.put("hello"));

        assertPlatformFault(failed, "Failed to provision resources to run the action.");
        assertThat(fixture.sandboxes.started).hasSize(2);
        assertThat(fixture.slotFree(failed.id()).isSystemError()).isTrue();
    }

    @Test
    @Tag("P-20")
    void anActionThatEndsItsRuntimeRightAfterInitIsToBlameForIt() {
        InvokerFixture fixture = open(new Script() {
            @Override
            public Reply run(ScriptedSandbox sandbox, RunRequest request) {
                return new Reply.NotReached("broken pipe");
            }
        });

        Activation failed = fixture.run("hello", fixture.put("hello"));

        assertThat(failed.response().status()).isEqualTo(Status.DEVELOPER_ERROR);
        assertThat(String.valueOf(failed.response().result())).contains("exited unexpectedly");
    }

    @Test
    @Tag("P-20")
    void aSandboxThatCannotBeStartedIsThePlatformsFault() {
        InvokerFixture fixture = open(new Script() {
            @Override
            public void start(String runtime) throws SandboxException {
                throw new SandboxException("no interpreter");
            }
        });

        Activation failed = fixture.run("hello", fixture.put("hello"));

        assertPlatformFault(failed, "Failed to provision resources to run the action.");
        assertThat(failed.annotations().find("kind")).isPresent();
        assertThat(fixture.record(failed.id())).contains(failed);
    }

    @Test
    @Tag("R-135")
    void anActionThatWasDeletedMeanwhileIsAnApplicationErrorOfUnknownKind() {
        InvokerFixture fixture = open(new Script());

        Activation gone = fixture.run("never-there", "1");

        assertThat(gone.response().status()).isEqualTo(Status.APPLICATION_ERROR);
        assertThat(String.valueOf(gone.response().result()))
                .contains("Action could not be found or may have been deleted.");
        assertThat(String.valueOf(gone.annotations().values().get("kind"))).isEqualTo("\"unknown\"");
        assertThat(fixture.record(gone.id())).contains(gone);
        assertThat(fixture.sandboxes.started).isEmpty();
    }

    @Test
    void anActionThatChangedMeanwhileRunsAsItIsNow() {
        InvokerFixture fixture = open(new Script());
        String old = fixture.put("hello");
        Action changed = fixture.action("hello", Samples.LIMITS);
        fixture.put(new Action(
                changed.id(),
                changed.exec(),
                changed.parameters(),
                changed.limits(),
                new Version(0, 0, 8),
                Annotations.NONE,
                changed.updated()));

        Activation ran = fixture.run("hello", old);

        assertThat(ran.version()).hasToString("0.0.8");
        assertThat(ran.response().status()).isEqualTo(Status.SUCCESS);
    }

    @Test
    void aChangedActionLeavesItsOldSandboxBehind() {
        InvokerFixture fixture = open(new Script());
        fixture.run("hello", fixture.put("hello"));

        String next = fixture.put("hello");
        fixture.bus.publish(new Topic.CacheInvalidation(), new EntityChanged(Samples.id("hello")));
        fixture.run("hello", next);

        assertThat(fixture.sandboxes.started).hasSize(2);
        await().until(() -> fixture.sandboxes.alive().size() == 1);
    }

    @Test
    @Tag("R-63")
    void aRuntimeThatIsNotHereIsThePlatformsFault() {
        InvokerFixture fixture = open(new Script());
        String revision = fixture.put(Samples.action(
                "swift", new Exec.Code("swift:5.7", fixture.code, null), Samples.LIMITS, Annotations.NONE));

        Activation failed = fixture.run("swift", revision);

        assertPlatformFault(failed, "The runtime 'swift:5.7' is not available on this platform: needs docker.");
        assertThat(String.valueOf(failed.annotations().values().get("kind"))).isEqualTo("\"swift:5.7\"");
    }

    @Test
    @Tag("attack-16")
    void codeThatCannotBeReadIsThePlatformsFaultAndNothingIsSent() {
        InvokerFixture fixture = open(new Script());
        var missing = new CodeRef("f".repeat(64), 3, false);
        String revision = fixture.put(
                Samples.action("hello", new Exec.Code("nodejs:20", missing, null), Samples.LIMITS, Annotations.NONE));

        Activation failed = fixture.run("hello", revision);

        assertPlatformFault(failed, "Action could not be fetched.");
        assertThat(fixture.sandboxes.started).allMatch(each -> each.inits.isEmpty());
    }

    @Test
    @Tag("attack-43")
    void anAcceptedInvocationIsMarkedAsStartedBeforeItReachesASandboxAndLeavesTheJournalWithItsRecord() {
        var marks = new ArrayList<Boolean>();
        InvokerFixture fixture = open(new Script() {
            @Override
            public Reply init(ScriptedSandbox sandbox, dev.whirl.sandbox.InitRequest request) {
                fixtures.getLast().stores.journal().unfinished().forEach(each -> marks.add(each.mayHaveStarted()));
                return answer(200, "{}");
            }
        });
        Invocation call = fixture.accepted(fixture.call("hello", fixture.put("hello")));

        fixture.run(call);

        assertThat(marks).containsExactly(true);
        assertThat(fixture.record(call.id())).isPresent();
        assertThat(fixture.stores.journal().unfinished()).isEmpty();
    }

    @Test
    @Tag("R-139")
    void aNamespaceThatStoresNothingHasNoRecords() {
        InvokerFixture fixture = open(new Script());
        Invocation call = asCallerWith(
                fixture.call("hello", fixture.put("hello")), new NamespaceLimits(null, null, null, null, false));

        Activation result = fixture.run(call);

        assertThat(result.response().status()).isEqualTo(Status.SUCCESS);
        assertThat(fixture.record(call.id())).isEmpty();
    }

    @Test
    @Tag("R-5")
    void whoAsksForExtraLoggingGetsARecordInAnyCase() {
        InvokerFixture fixture = open(new Script());
        Invocation call = asCallerWith(
                fixture.call("hello", fixture.put("hello")), new NamespaceLimits(null, null, null, null, false));

        fixture.run(traced(call));

        assertThat(fixture.record(call.id())).isPresent();
    }

    @Test
    @Tag("R-139")
    void successesAreNotStoredWhereOnlyFailuresAre() {
        var fails = new AtomicBoolean();
        InvokerFixture fixture = open(
                new Script() {
                    @Override
                    public Reply run(ScriptedSandbox sandbox, RunRequest request) {
                        return answer(200, fails.get() ? "{\"error\":1}" : "{}");
                    }
                },
                InvokerFixture.config(1024, 100, StorageLevel.FAILURES));
        String revision = fixture.put("hello");

        Activation success = fixture.run("hello", revision);
        fails.set(true);
        Activation failure = fixture.run("hello", revision);

        assertThat(fixture.record(success.id())).isEmpty();
        assertThat(fixture.record(failure.id())).isPresent();
    }

    @Test
    @Tag("R-134")
    void anActionWithALogLimitOfZeroHasNoLogs() {
        InvokerFixture fixture = open(new Script());
        var limits = new ActionLimits(
                Samples.LIMITS.timeout(), Samples.LIMITS.memory(), dev.whirl.common.units.ByteSize.ZERO, 1, null);

        Activation result = fixture.run("quiet", fixture.put(fixture.action("quiet", limits)));

        assertThat(fixture.record(result.id()).orElseThrow().logs()).isEmpty();
    }

    @Test
    void whatDoesNotFitInTheQueueIsRefusedAtOnceAndRecorded() throws Exception {
        var goOn = new CountDownLatch(1);
        InvokerFixture fixture = open(blocking(goOn), InvokerFixture.config(256, 2, StorageLevel.ALWAYS));
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
    @Tag("I-7")
    void heartbeatsTellMemoryAndWarmPlacesSoonAfterTheyChange() {
        InvokerFixture fixture = open(new Script());
        assertThat(fixture.heartbeats.getFirst().warm()).isEmpty();

        fixture.run("hello", fixture.put("hello"));

        await().until(() -> fixture.heartbeats.getLast().warm().containsKey(Samples.id("hello")));
        assertThat(fixture.heartbeats.getLast().freeMemory())
                .isEqualTo(fixture.heartbeats.getLast().poolMemory());
        assertThat(fixture.heartbeats.getLast().isDraining()).isFalse();
    }

    @Test
    @Tag("P-22")
    void aStopWaitsForWhatRunsAndTakesNoMore() throws Exception {
        var goOn = new CountDownLatch(1);
        InvokerFixture fixture = open(blocking(goOn));
        String revision = fixture.put("slow");
        Invocation running = fixture.call("slow", revision);
        fixture.send(running);
        await().until(() -> isRunning(fixture));

        Thread stopper = Thread.ofVirtual().start(fixture::close);
        await().until(() -> fixture.heartbeats.getLast().isDraining());
        Activation late = fixture.run("slow", revision);
        goOn.countDown();
        stopper.join(Duration.ofSeconds(20));

        assertThat(fixture.result(running.id()).response().status()).isEqualTo(Status.SUCCESS);
        assertPlatformFault(late, "Failed to provision resources to run the action.");
    }

    @Test
    @Tag("P-20")
    @Tag("P-22")
    void whatAStopEndsIsNotBlamedOnTheDeveloper() {
        InvokerFixture fixture = open(new Script() {
            @Override
            public Reply run(ScriptedSandbox sandbox, RunRequest request) {
                await().until(sandbox::isClosed);
                return new Reply.Died(Reply.Died.Cause.EXITED, "killed");
            }
        });
        Invocation call = fixture.call("slow", fixture.put("slow"));
        fixture.send(call);
        await().until(() -> isRunning(fixture));

        fixture.close();

        assertPlatformFault(
                fixture.result(call.id()),
                "The platform stopped while this activation may have been running. It was not run again.");
    }

    @Test
    @Tag("P-22")
    @Tag("attack-43")
    void anAcceptedInvocationThatHadToWaitStaysInTheJournalWhenTheInvokerStops() throws Exception {
        var goOn = new CountDownLatch(1);
        InvokerFixture fixture = open(blocking(goOn), InvokerFixture.config(256, 100, StorageLevel.ALWAYS));
        String revision = fixture.put("slow");
        fixture.send(fixture.call("slow", revision));
        await().until(() -> isRunning(fixture));
        Invocation waiting = fixture.accepted(fixture.call("slow", revision));
        fixture.send(waiting);

        Thread stopper = Thread.ofVirtual().start(fixture::close);
        fixture.awaitEnd(waiting.id());
        goOn.countDown();
        stopper.join(Duration.ofSeconds(20));

        assertThat(fixture.record(waiting.id())).isEmpty();
        assertThat(fixture.stores.journal().unfinished()).singleElement().satisfies(entry -> {
            assertThat(entry.invocation().id()).isEqualTo(waiting.id());
            assertThat(entry.mayHaveStarted()).isFalse();
        });
    }

    @Test
    @Tag("K-18")
    @Tag("P-27")
    void severalRunsShareOneSandboxWhereActionAndRuntimeAllowIt() throws Exception {
        var inside = new CountDownLatch(5);
        InvokerFixture fixture = open(new Script() {
            @Override
            public boolean runsConcurrently() {
                return true;
            }

            @Override
            public Reply run(ScriptedSandbox sandbox, RunRequest request) throws InterruptedException {
                inside.countDown();
                boolean areAllInside = inside.await(10, TimeUnit.SECONDS);
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
        InvokerFixture fixture = open(new Script());
        String revision = fixture.put("hello");
        int atATime = 60;
        int calls = 2_000;
        fixture.ended.release(atATime);
        for (int i = 0; i < calls; i++) {
            assertThat(fixture.ended.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            fixture.send(fixture.call("hello", revision));
        }
        assertThat(fixture.ended.tryAcquire(atATime, 10, TimeUnit.SECONDS)).isTrue();

        assertThat(fixture.told.stream().filter(SlotFree.class::isInstance)).hasSize(calls);
        assertThat(fixture.told.stream().filter(ActivationResult.class::isInstance))
                .hasSize(calls);
        assertThat(fixture.count("success", null)).isEqualTo(calls);
    }

    private static boolean isRunning(InvokerFixture fixture) {
        return fixture.sandboxes.started.stream().anyMatch(each -> !each.runs.isEmpty());
    }

    private static Script blocking(CountDownLatch goOn) {
        return new Script() {
            @Override
            public Reply run(ScriptedSandbox sandbox, RunRequest request) throws InterruptedException {
                boolean isTold = goOn.await(20, TimeUnit.SECONDS);
                return answer(200, "{\"told\":" + isTold + "}");
            }
        };
    }

    private static Invocation traced(Invocation of) {
        return new Invocation(
                of.transaction().traced(),
                of.id(),
                of.action(),
                of.revision(),
                of.caller(),
                of.arguments(),
                of.initArguments(),
                of.isBlocking(),
                of.isAccepted(),
                of.cause(),
                of.replyTo(),
                of.createdAt());
    }

    private static Invocation asCallerWith(Invocation call, NamespaceLimits limits) {
        var caller = new Identity(
                call.caller().subject(),
                call.caller().namespace(),
                call.caller().key(),
                limits);
        return new Invocation(
                call.transaction(),
                call.id(),
                call.action(),
                call.revision(),
                caller,
                call.arguments(),
                call.initArguments(),
                call.isBlocking(),
                call.isAccepted(),
                call.cause(),
                call.replyTo(),
                call.createdAt());
    }

    private static void assertPlatformFault(Activation activation, String sentence) {
        assertThat(activation.response().status()).isEqualTo(Status.WHISK_ERROR);
        assertThat(String.valueOf(activation.response().result())).isEqualTo("{\"error\":\"" + sentence + "\"}");
    }

    private InvokerFixture open(Script script) {
        return open(script, InvokerFixture.config(1024, 100, StorageLevel.ALWAYS));
    }

    private InvokerFixture open(Script script, InvokerConfig config) {
        var fixture = new InvokerFixture(script, config);
        fixtures.add(fixture);
        return fixture;
    }
}
