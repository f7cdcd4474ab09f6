package dev.whirl.invoker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whirl.invoker.scripted.Script;
import dev.whirl.invoker.scripted.ScriptedSandbox;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationResponse.Status;
import dev.whirl.model.entity.Action;
import dev.whirl.model.entity.Annotations;
import dev.whirl.model.entity.CodeRef;
import dev.whirl.model.entity.Exec;
import dev.whirl.model.entity.Parameters;
import dev.whirl.model.entity.Trigger;
import dev.whirl.model.entity.Version;
import dev.whirl.model.message.EntityChanged;
import dev.whirl.model.message.Topic;
import dev.whirl.sandbox.InitRequest;
import dev.whirl.sandbox.Reply;
import dev.whirl.sandbox.RunRequest;
import dev.whirl.sandbox.SandboxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Who is to blame when a run does not come about.
class InvokerFaultTest {
    @RegisterExtension
    final OpenInvokers invokers = new OpenInvokers();

    @Test
    @Tag("I-22")
    @Tag("P-20")
    void aRunThatDidNotReachItsWarmSandboxGoesToAnotherOnce() {
        var isLost = new AtomicBoolean();
        InvokerFixture fixture = invokers.open(new Script() {
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
        InvokerFixture fixture = invokers.open(new Script() {
            @Override
            public Reply init(ScriptedSandbox sandbox, InitRequest request) {
                return new Reply.NotReached("connection refused");
            }
        });

        Activation failed = fixture.run("hello", fixture.put("hello"));

        OpenInvokers.assertPlatformFault(failed, "Failed to provision resources to run the action.");
        assertThat(fixture.sandboxes.started).hasSize(2);
        assertThat(fixture.slotFree(failed.id()).isSystemError()).isTrue();
    }

    @Test
    @Tag("P-20")
    void anActionThatEndsItsRuntimeRightAfterInitIsToBlameForIt() {
        InvokerFixture fixture = invokers.open(new Script() {
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
        InvokerFixture fixture = invokers.open(new Script() {
            @Override
            public void start(String runtime) throws SandboxException {
                throw new SandboxException("no interpreter");
            }
        });

        Activation failed = fixture.run("hello", fixture.put("hello"));

        OpenInvokers.assertPlatformFault(failed, "Failed to provision resources to run the action.");
        assertThat(failed.annotations().find("kind")).isPresent();
        assertThat(fixture.record(failed.id())).contains(failed);
    }

    @Test
    @Tag("R-135")
    void anActionThatWasDeletedMeanwhileIsAnApplicationErrorOfUnknownKind() {
        InvokerFixture fixture = invokers.open(new Script());

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
        InvokerFixture fixture = invokers.open(new Script());
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
        InvokerFixture fixture = invokers.open(new Script());
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
        InvokerFixture fixture = invokers.open(new Script());
        String revision = fixture.put(Samples.action(
                "swift", new Exec.Code("swift:5.7", fixture.code, null), Samples.LIMITS, Annotations.NONE));

        Activation failed = fixture.run("swift", revision);

        OpenInvokers.assertPlatformFault(
                failed, "The runtime 'swift:5.7' is not available on this platform: needs docker.");
        assertThat(String.valueOf(failed.annotations().values().get("kind"))).isEqualTo("\"swift:5.7\"");
    }

    @Test
    @Tag("attack-16")
    void codeThatCannotBeReadIsThePlatformsFaultAndNothingIsSent() {
        InvokerFixture fixture = invokers.open(new Script());
        var missing = new CodeRef("f".repeat(64), 3, false);
        String revision = fixture.put(
                Samples.action("hello", new Exec.Code("nodejs:20", missing, null), Samples.LIMITS, Annotations.NONE));

        Activation failed = fixture.run("hello", revision);

        OpenInvokers.assertPlatformFault(failed, "Action could not be fetched.");
        assertThat(fixture.sandboxes.started).allMatch(each -> each.inits.isEmpty());
    }

    @Test
    @Tag("R-135")
    void somethingElseUnderTheNameOfADeletedActionMakesNoDifference() throws Exception {
        InvokerFixture fixture = invokers.open(new Script());
        fixture.stores
                .entities()
                .put(
                        new Trigger(
                                Samples.id("hello"),
                                Parameters.NONE,
                                new LinkedHashMap<>(),
                                new Version(0, 0, 1),
                                Annotations.NONE,
                                Samples.NOON),
                        null);

        Activation gone = fixture.run("hello", "1");

        assertThat(gone.response().status()).isEqualTo(Status.APPLICATION_ERROR);
        assertThat(String.valueOf(gone.response().result()))
                .contains("Action could not be found or may have been deleted.");
    }

    @Test
    @Tag("I-8")
    void wordOfAChangeThatComesLateSparesTheSandboxOfTheNewRevision() {
        InvokerFixture fixture = invokers.open(new Script());
        fixture.run("hello", fixture.put("hello"));
        String next = fixture.put("hello");
        fixture.run("hello", next);

        fixture.bus.publish(new Topic.CacheInvalidation(), new EntityChanged(Samples.id("hello")));
        await().until(() -> fixture.sandboxes.started.getFirst().isClosed());
        fixture.run("hello", next);

        assertThat(fixture.sandboxes.started).hasSize(2);
        assertThat(fixture.sandboxes.alive()).hasSize(1);
    }

    @Test
    @Tag("R-135")
    void aSequenceUnderTheNameOfAnAcceptedActionMakesNoDifferenceEither() {
        InvokerFixture fixture = invokers.open(new Script());
        String revision = fixture.put("hello");
        fixture.put(Samples.action(
                "hello", new Exec.Sequence(List.of(Samples.id("other"))), Samples.LIMITS, Annotations.NONE));

        Activation gone = fixture.run("hello", revision);

        assertThat(gone.response().status()).isEqualTo(Status.APPLICATION_ERROR);
        assertThat(String.valueOf(gone.response().result()))
                .contains("Action could not be found or may have been deleted.");
        assertThat(fixture.record(gone.id())).contains(gone);
    }
}
