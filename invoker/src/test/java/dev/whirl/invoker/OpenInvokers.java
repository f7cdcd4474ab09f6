package dev.whirl.invoker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.invoker.scripted.Script;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationResponse.Status;
import dev.whirl.model.activation.StorageLevel;
import dev.whirl.store.Stores;
import dev.whirl.store.memory.MemoryStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// The invokers of one test. They are closed after it, and then no sandbox may be left, nor one that was used wrongly.
final class OpenInvokers implements AfterEachCallback {
    private final List<InvokerFixture> open = new ArrayList<>();

    InvokerFixture open(Script script) {
        return open(script, InvokerFixture.config(1024, 100, StorageLevel.ALWAYS));
    }

    InvokerFixture open(Script script, InvokerConfig config) {
        return kept(new InvokerFixture(script, config, new MemoryStores(), new SimpleMeterRegistry()));
    }

    InvokerFixture open(Script script, Stores stores) {
        InvokerConfig config = InvokerFixture.config(1024, 100, StorageLevel.ALWAYS);
        return kept(new InvokerFixture(script, config, stores, new SimpleMeterRegistry()));
    }

    InvokerFixture open(Script script, SimpleMeterRegistry meters) {
        InvokerConfig config = InvokerFixture.config(1024, 100, StorageLevel.ALWAYS);
        return kept(new InvokerFixture(script, config, new MemoryStores(), meters));
    }

    InvokerFixture last() {
        return open.getLast();
    }

    static void assertPlatformFault(Activation activation, String sentence) {
        assertThat(activation.response().status()).isEqualTo(Status.WHISK_ERROR);
        assertThat(String.valueOf(activation.response().result())).isEqualTo("{\"error\":\"" + sentence + "\"}");
    }

    @Override
    public void afterEach(ExtensionContext context) {
        open.forEach(InvokerFixture::close);
        open.forEach(each -> assertThat(each.sandboxes.abuses()).isEmpty());
        open.forEach(each -> assertThat(each.sandboxes.alive()).isEmpty());
    }

    private InvokerFixture kept(InvokerFixture fixture) {
        open.add(fixture);
        return fixture;
    }
}
