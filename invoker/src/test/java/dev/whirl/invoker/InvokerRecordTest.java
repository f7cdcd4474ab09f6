package dev.whirl.invoker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whirl.common.units.ByteSize;
import dev.whirl.invoker.scripted.Script;
import dev.whirl.invoker.scripted.ScriptedSandbox;
import dev.whirl.model.ActivationMessages;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.activation.ActivationResponse.Status;
import dev.whirl.model.activation.StorageLevel;
import dev.whirl.model.entity.ActionLimits;
import dev.whirl.model.json.RawJson;
import dev.whirl.model.limits.NamespaceLimits;
import dev.whirl.model.message.Invocation;
import dev.whirl.sandbox.CollectedLogs;
import dev.whirl.sandbox.InitRequest;
import dev.whirl.sandbox.Reply;
import dev.whirl.sandbox.RunRequest;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What is kept of an activation.
class InvokerRecordTest {
    @RegisterExtension
    final OpenInvokers invokers = new OpenInvokers();

    @Test
    @Tag("attack-43")
    void anAcceptedInvocationIsMarkedAsStartedBeforeItReachesASandboxAndLeavesTheJournalWithItsRecord() {
        var marks = new ArrayList<Boolean>();
        InvokerFixture fixture = invokers.open(new Script() {
            @Override
            public Reply init(ScriptedSandbox sandbox, InitRequest request) {
                invokers.last()
                        .stores
                        .journal()
                        .unfinished(null, 100)
                        .forEach(each -> marks.add(each.mayHaveStarted()));
                return answer(200, "{}");
            }
        });
        Invocation call = fixture.accepted(fixture.call("hello", fixture.put("hello")));

        fixture.run(call);

        assertThat(marks).containsExactly(true);
        assertThat(fixture.record(call.id())).isPresent();
        assertThat(fixture.stores.journal().unfinished(null, 100)).isEmpty();
    }

    @Test
    void aRecordWhoseLogsCannotBeHadIsKeptAndSaysSo() {
        InvokerFixture fixture = invokers.open(new Script() {
            @Override
            public CollectedLogs logs(CollectedLogs written) {
                throw new StackOverflowError("such as: no memory for so many lines");
            }
        });

        Activation result = fixture.run("hello", fixture.put("hello"));

        assertThat(fixture.record(result.id()).orElseThrow().logs())
                .singleElement()
                .asString()
                .endsWith(ActivationMessages.LOGS_INCOMPLETE);
    }

    @Test
    @Tag("R-139")
    void aNamespaceThatStoresNothingHasNoRecords() {
        InvokerFixture fixture = invokers.open(new Script());
        Invocation call = Samples.asCallerWith(
                fixture.call("hello", fixture.put("hello")), new NamespaceLimits(null, null, null, null, false));

        Activation result = fixture.run(call);

        assertThat(result.response().status()).isEqualTo(Status.SUCCESS);
        assertThat(fixture.record(call.id())).isEmpty();
    }

    @Test
    @Tag("R-5")
    void whoAsksForExtraLoggingGetsARecordInAnyCase() {
        InvokerFixture fixture = invokers.open(new Script());
        Invocation call = Samples.asCallerWith(
                fixture.call("hello", fixture.put("hello")), new NamespaceLimits(null, null, null, null, false));

        fixture.run(Samples.traced(call));

        assertThat(fixture.record(call.id())).isPresent();
    }

    @Test
    @Tag("R-139")
    void successesAreNotStoredWhereOnlyFailuresAre() {
        var fails = new AtomicBoolean();
        InvokerFixture fixture = invokers.open(
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
        InvokerFixture fixture = invokers.open(new Script());
        var limits = new ActionLimits(Samples.LIMITS.timeout(), Samples.LIMITS.memory(), ByteSize.ZERO, 1, null);

        Activation result = fixture.run("quiet", fixture.put(fixture.action("quiet", limits)));

        assertThat(fixture.record(result.id()).orElseThrow().logs()).isEmpty();
    }

    @Test
    @Tag("attack-43")
    void anAcceptedInvocationGetsItsRecordOnceTheStoreCanWriteAgain() {
        var stores = new FullStores();
        InvokerFixture fixture = invokers.open(new Script(), stores);
        Invocation call = fixture.accepted(fixture.call("hello", fixture.put("hello")));
        stores.isFull = true;

        Activation result = fixture.run(call);
        await().until(() -> stores.refusals.get() >= 3);
        stores.isFull = false;
        await().until(() -> fixture.record(call.id()).isPresent());

        assertThat(result.response().status()).isEqualTo(Status.SUCCESS);
        assertThat(fixture.record(call.id()).orElseThrow().response()).isEqualTo(result.response());
        assertThat(fixture.stores.journal().unfinished(null, 100)).isEmpty();
        assertThat(fixture.slotFree(call.id()).isSystemError())
                .as("a full disk is no reason to call elsewhere")
                .isFalse();
    }

    @Test
    @Tag("attack-43")
    void aStopWithAFullDiskLeavesWhatWasAcceptedInTheJournal() {
        var stores = new FullStores();
        InvokerFixture fixture = invokers.open(new Script(), stores);
        Invocation call = fixture.accepted(fixture.call("hello", fixture.put("hello")));
        stores.isFull = true;
        fixture.run(call);

        fixture.close();

        assertThat(fixture.stores.journal().unfinished(null, 100))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.invocation().id()).isEqualTo(call.id());
                    assertThat(entry.mayHaveStarted()).isTrue();
                });
    }

    @Test
    @Tag("R-132")
    @Tag("R-135")
    void aPartOfASequenceNamesItsCauseInRecordAndList() {
        InvokerFixture fixture = invokers.open(new Script());
        var parent = ActivationId.random();
        Invocation call = Samples.causedBy(fixture.call("hello", fixture.put("hello")), parent);

        fixture.run(call);

        Activation record = fixture.record(call.id()).orElseThrow();
        assertThat(record.cause()).isEqualTo(parent);
        assertThat(record.summary().cause()).isEqualTo(parent);
        assertThat(record.annotations().find("causedBy")).contains(RawJson.string("sequence"));
    }
}
