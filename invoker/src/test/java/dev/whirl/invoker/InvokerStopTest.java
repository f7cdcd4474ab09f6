package dev.whirl.invoker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whirl.invoker.scripted.Script;
import dev.whirl.invoker.scripted.ScriptedSandbox;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationResponse.Status;
import dev.whirl.model.activation.StorageLevel;
import dev.whirl.model.message.Invocation;
import dev.whirl.sandbox.Reply;
import dev.whirl.sandbox.RunRequest;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What becomes of work when the invoker is drained or stopped.
class InvokerStopTest {
    @RegisterExtension
    final OpenInvokers invokers = new OpenInvokers();

    @Test
    @Tag("P-22")
    void aStopWaitsForWhatRunsAndTakesNoMore() throws Exception {
        var goOn = new CountDownLatch(1);
        InvokerFixture fixture = invokers.open(Script.blocking(goOn));
        String revision = fixture.put("slow");
        Invocation running = fixture.call("slow", revision);
        fixture.send(running);
        await().until(() -> fixture.isRunning());

        Thread stopper = Thread.ofVirtual().start(fixture::close);
        await().until(fixture::saysItIsDraining);
        Invocation late = fixture.call("slow", revision);
        fixture.sendInVain(late);
        goOn.countDown();
        stopper.join(Duration.ofSeconds(60));

        assertThat(fixture.result(running.id()).response().status()).isEqualTo(Status.SUCCESS);
        assertThat(fixture.record(late.id())).isEmpty();
    }

    @Test
    @Tag("P-20")
    @Tag("P-22")
    void whatAStopEndsIsNotBlamedOnTheDeveloper() {
        InvokerFixture fixture = invokers.open(
                new Script() {
                    @Override
                    public Reply run(ScriptedSandbox sandbox, RunRequest request) {
                        await().until(sandbox::isClosed);
                        return new Reply.Died(Reply.Died.Cause.EXITED, "killed");
                    }
                },
                InvokerFixture.hasty(InvokerFixture.config(1024, 100, StorageLevel.ALWAYS)));
        Invocation call = fixture.call("slow", fixture.put("slow"));
        fixture.send(call);
        await().until(() -> fixture.isRunning());

        fixture.close();

        OpenInvokers.assertPlatformFault(
                fixture.result(call.id()),
                "The platform stopped while this activation may have been running. It was not run again.");
    }

    @Test
    @Tag("P-22")
    @Tag("attack-43")
    void anAcceptedInvocationThatHadToWaitStaysInTheJournalWhenTheInvokerStops() throws Exception {
        var goOn = new CountDownLatch(1);
        InvokerFixture fixture = invokers.open(
                Script.blocking(goOn), InvokerFixture.hasty(InvokerFixture.config(256, 100, StorageLevel.ALWAYS)));
        String revision = fixture.put("slow");
        fixture.send(fixture.call("slow", revision));
        await().until(() -> fixture.isRunning());
        Invocation waiting = fixture.accepted(fixture.call("slow", revision));
        fixture.send(waiting);

        Thread stopper = Thread.ofVirtual().start(fixture::close);
        fixture.awaitEnd(waiting.id());
        goOn.countDown();
        stopper.join(Duration.ofSeconds(60));

        assertThat(fixture.record(waiting.id())).isEmpty();
        assertThat(fixture.stores.journal().unfinished(null, 100))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.invocation().id()).isEqualTo(waiting.id());
                    assertThat(entry.mayHaveStarted()).isFalse();
                });
    }

    @Test
    @Tag("R-171")
    void aDrainedInvokerFinishesWhatItHasGivesCallsBackAndTakesThemAgainLater() {
        var goOn = new CountDownLatch(1);
        InvokerFixture fixture = invokers.open(Script.blocking(goOn));
        String revision = fixture.put("slow");
        Invocation running = fixture.call("slow", revision);
        fixture.send(running);
        await().until(fixture::isRunning);

        fixture.invoker.drain();
        await().until(fixture::saysItIsDraining);
        Invocation givenBack = fixture.call("slow", revision);
        fixture.sendInVain(givenBack);
        assertThat(fixture.invoker.unfinished()).isEqualTo(1);
        goOn.countDown();
        fixture.awaitEnd(running.id());
        fixture.invoker.resume();
        Activation taken = fixture.run("slow", revision);

        assertThat(fixture.record(givenBack.id())).isEmpty();
        assertThat(fixture.result(running.id()).response().status()).isEqualTo(Status.SUCCESS);
        assertThat(taken.response().status()).isEqualTo(Status.SUCCESS);
        await().until(() -> !fixture.saysItIsDraining());
    }

    @Test
    @Tag("attack-43")
    void anAcceptedCallThatWasOnItsWayToADrainedInvokerIsRun() {
        InvokerFixture fixture = invokers.open(new Script());
        Invocation call = fixture.accepted(fixture.call("hello", fixture.put("hello")));
        fixture.invoker.drain();

        Activation result = fixture.run(call);

        assertThat(result.response().status()).isEqualTo(Status.SUCCESS);
    }
}
