package dev.whirl.invoker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whirl.invoker.pool.Reuse;
import dev.whirl.invoker.scripted.Script;
import dev.whirl.model.activation.StorageLevel;
import dev.whirl.model.entity.Annotations;
import dev.whirl.model.entity.Exec;
import dev.whirl.model.json.RawJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SingleUseActionTest {
    @RegisterExtension
    final OpenInvokers invokers = new OpenInvokers();

    @Test
    void anActionThatAsksForItHasASandboxForEachActivation() {
        InvokerFixture fixture = invokers.open(new Script());
        String revision = put(fixture, Annotations.NONE.with("single-use", RawJson.TRUE));

        fixture.run("alone", revision);
        fixture.run("alone", revision);

        assertThat(fixture.sandboxes.started).hasSize(2).allMatch(each -> each.runs.size() == 1);
        await().until(() -> fixture.sandboxes.alive().isEmpty());
    }

    @Test
    void anActionThatTakesBackTheWishHasNot() {
        InvokerFixture fixture = invokers.open(new Script());
        String revision = put(fixture, Annotations.NONE.with("single-use", RawJson.FALSE));

        fixture.run("alone", revision);
        fixture.run("alone", revision);

        assertThat(fixture.sandboxes.started).hasSize(1);
    }

    @Test
    void theOperatorCanGiveEveryActivationASandboxOfItsOwn() {
        InvokerConfig config = InvokerFixture.config(1024, 100, StorageLevel.ALWAYS);
        InvokerFixture fixture = invokers.open(new Script(), InvokerFixture.withReuse(config, Reuse.NEVER));
        String revision = fixture.put("hello");

        fixture.run("hello", revision);
        fixture.run("hello", revision);

        assertThat(fixture.sandboxes.started).hasSize(2);
        await().until(() -> fixture.sandboxes.alive().isEmpty());
    }

    private static String put(InvokerFixture fixture, Annotations annotations) {
        var exec = new Exec.Code("nodejs:20", fixture.code, null);
        return fixture.put(Samples.action("alone", exec, Samples.LIMITS, annotations));
    }
}
