package dev.whirl.controller.invoke;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.model.TransactionId;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.entity.Action;
import dev.whirl.model.entity.ActionLimits;
import dev.whirl.model.entity.Annotations;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.entity.Exec;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.entity.Parameters;
import dev.whirl.model.entity.Version;
import dev.whirl.model.identity.AuthKey;
import dev.whirl.model.identity.Identity;
import dev.whirl.model.identity.Namespace;
import dev.whirl.model.json.RawJson;
import dev.whirl.model.limits.NamespaceLimits;
import dev.whirl.model.message.ControllerId;
import dev.whirl.model.message.Invocation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class FailureRecordTest {
    private static final NamespaceName NAMESPACE = new NamespaceName("somebody");
    private static final EntityId BINDING = EntityId.of(NAMESPACE, new EntityName("bound"));

    @Test
    @Tag("R-135")
    @Tag("R-136")
    void aPartOfASequenceCalledThroughABindingSaysSo() {
        ActivationId parent = ActivationId.random();

        Activation record = FailureRecord.lost(invocation(BINDING, parent), null);

        assertThat(record.cause()).isEqualTo(parent);
        assertThat(record.annotations().find("causedBy")).contains(RawJson.string("sequence"));
        assertThat(record.annotations().find("binding")).contains(RawJson.string("somebody/bound"));
    }

    @Test
    @Tag("R-135")
    void aCallOfItsOwnSaysNothingOfASequence() {
        Activation record = FailureRecord.lost(invocation(null, null), null);

        assertThat(record.annotations().find("causedBy")).isEmpty();
        assertThat(record.annotations().find("binding")).isEmpty();
    }

    @Test
    @Tag("R-137")
    void aCompositionSaysThatItIsOne() {
        var conductor = new Action(
                EntityId.of(NAMESPACE, new EntityName("a")),
                new Exec.Blackbox("image", null, null),
                Parameters.NONE,
                ActionLimits.DEFAULT,
                Version.FIRST,
                Annotations.NONE.with("conductor", RawJson.TRUE),
                Instant.EPOCH);

        Annotations annotations =
                FailureRecord.lost(invocation(null, null), conductor).annotations();

        assertThat(annotations.find("conductor")).contains(RawJson.TRUE);
        assertThat(annotations.find("kind")).contains(RawJson.string("sequence"));
        assertThat(annotations.find("topmost")).contains(RawJson.TRUE);
    }

    private static Invocation invocation(@Nullable EntityId binding, @Nullable ActivationId cause) {
        return new Invocation(
                new TransactionId("t"),
                ActivationId.random(),
                EntityId.of(NAMESPACE, new EntityName("a")),
                "1",
                binding,
                new Identity("somebody", new Namespace(NAMESPACE, "u"), new AuthKey("u", "s"), NamespaceLimits.NONE),
                RawJson.EMPTY_OBJECT,
                List.of(),
                Map.of(),
                false,
                true,
                cause,
                new ControllerId(0),
                Instant.EPOCH);
    }
}
