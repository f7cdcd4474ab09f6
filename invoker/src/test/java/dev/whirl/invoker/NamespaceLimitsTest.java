package dev.whirl.invoker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whirl.common.units.ByteSize;
import dev.whirl.invoker.scripted.Script;
import dev.whirl.invoker.scripted.ScriptedSandbox;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationResponse.Status;
import dev.whirl.model.limits.ActionBounds;
import dev.whirl.model.limits.Bounds;
import dev.whirl.model.limits.NamespaceLimits;
import dev.whirl.model.message.IdentitiesChanged;
import dev.whirl.model.message.Invocation;
import dev.whirl.model.message.Topic;
import dev.whirl.sandbox.Reply;
import dev.whirl.sandbox.RunRequest;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What was set for a namespace, as it counts when its actions are run.
class NamespaceLimitsTest {
    @RegisterExtension
    final OpenInvokers invokers = new OpenInvokers();

    @Test
    @Tag("R-64")
    @Tag("R-156")
    void anActionBeyondItsCallersLimitsIsNotRun() {
        InvokerFixture fixture = invokers.open(new Script());
        Invocation call = fixture.call("hello", fixture.put("hello"));
        ActionBounds small = bounds(new Bounds<>(null, ByteSize.mebibytes(128)), ActionBounds.Sizes.NONE);

        Activation result = fixture.run(Samples.asCallerWith(call, limits(small)));

        assertThat(result.response().status()).isEqualTo(Status.APPLICATION_ERROR);
        assertThat(String.valueOf(result.response().result()))
                .isEqualTo("{\"error\":\"memory size 256 MB exceeds allowed threshold of 128 MB\"}");
        assertThat(fixture.record(call.id())).isPresent();
        assertThat(fixture.sandboxes.started).isEmpty();
        assertThat(fixture.slotFree(call.id()).isSystemError()).isFalse();
    }

    @Test
    @Tag("R-138")
    @Tag("R-156")
    void aResultBeyondTheNamespacesPayloadIsCutAsTheNamespaceSays() {
        InvokerFixture fixture = invokers.open(new Script() {
            @Override
            public Reply run(ScriptedSandbox sandbox, RunRequest request) {
                return answer(200, "{\"text\":\"" + "x".repeat(200) + "\"}");
            }
        });
        var sizes = new ActionBounds.Sizes(null, ByteSize.bytes(100), ByteSize.bytes(12));
        Invocation call = fixture.call("hello", fixture.put("hello"));

        Activation result = fixture.run(Samples.asCallerWith(call, limits(bounds(Bounds.none(), sizes))));

        assertThat(result.response().status()).isEqualTo(Status.APPLICATION_ERROR);
        assertThat(String.valueOf(result.response().result()))
                .contains("exceeded the allowed length: 211 > 100 bytes")
                .contains("{\\\"text\\\":\\\"xxx")
                .doesNotContain("xxxx");
        assertThat(fixture.sandboxes.started.getFirst().runs.getFirst().resultLimit())
                .isEqualTo(ByteSize.bytes(100));
    }

    @Test
    @Tag("I-18")
    @Tag("R-154")
    void whatWasQueuedBeforeItsNamespaceWasBlockedIsAnsweredAndNotRun() {
        InvokerFixture fixture = invokers.open(new Script());
        String revision = fixture.put("hello");
        Activation before = fixture.run("hello", revision);
        Invocation queued = fixture.accepted(fixture.call("hello", revision));
        fixture.stores
                .subjects()
                .putLimits(Samples.GUEST.namespace().name(), new NamespaceLimits(null, 0, null, null, null));
        fixture.bus.publish(new Topic.CacheInvalidation(), new IdentitiesChanged());
        await().until(() -> !ran(fixture, revision));

        Activation result = fixture.run(queued);

        assertThat(before.response().isSuccess()).isTrue();
        assertThat(String.valueOf(result.response().result()))
                .isEqualTo("{\"error\":\"The action was not invoked due to a blacklisted namespace.\"}");
        assertThat(fixture.record(queued.id())).isEmpty();
        assertThat(fixture.stores.journal().unfinished(null, 100)).isEmpty();
    }

    private static boolean ran(InvokerFixture fixture, String revision) {
        return fixture.run("hello", revision).response().isSuccess();
    }

    private static NamespaceLimits limits(ActionBounds actions) {
        return new NamespaceLimits(null, null, null, null, null, actions);
    }

    private static ActionBounds bounds(Bounds<ByteSize> memory, ActionBounds.Sizes sizes) {
        return new ActionBounds(
                memory,
                Bounds.none(),
                new Bounds<>(null, Duration.ofMinutes(5)),
                Bounds.none(),
                sizes,
                ActionBounds.Instances.NONE);
    }
}
