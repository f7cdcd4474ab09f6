package dev.whirl.bus;

import dev.whirl.common.units.ByteSize;
import dev.whirl.model.TransactionId;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.identity.AuthKey;
import dev.whirl.model.identity.Identity;
import dev.whirl.model.identity.Namespace;
import dev.whirl.model.json.RawJson;
import dev.whirl.model.limits.NamespaceLimits;
import dev.whirl.model.message.ControllerId;
import dev.whirl.model.message.Heartbeat;
import dev.whirl.model.message.Invocation;
import dev.whirl.model.message.InvokerId;
import dev.whirl.model.message.Message;
import dev.whirl.model.message.Prepare;
import dev.whirl.model.message.SlotFree;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Messages for tests.
public final class Samples {
    public static final EntityId ACTION = EntityId.of(new NamespaceName("guest"), new EntityName("hello"));
    private static final Namespace GUEST = new Namespace(new NamespaceName("guest"), "a-uuid");
    private static final Identity CALLER =
            new Identity("guest", GUEST, new AuthKey("a-uuid", "a-secret"), NamespaceLimits.NONE);

    private Samples() {}

    /// One that was answered with a 202.
    public static Invocation accepted() {
        return blocking().accepted();
    }

    /// One whose caller waits.
    public static Invocation blocking() {
        return new Invocation(
                new TransactionId("a-transaction"),
                ActivationId.random(),
                ACTION,
                "1-abc",
                null,
                CALLER,
                RawJson.object("name", RawJson.string("Käthe")),
                List.of("SECRET"),
                Map.of(),
                true,
                false,
                null,
                new ControllerId(0),
                Instant.ofEpochMilli(1_764_201_600_123L));
    }

    public static Message free() {
        return new SlotFree(ActivationId.random(), new InvokerId(0), false);
    }

    public static Message beat(long free) {
        return new Heartbeat(
                new InvokerId(0), ByteSize.mebibytes(1024), ByteSize.bytes(free), Map.of(ACTION, 2), false);
    }

    public static Message prepare() {
        return new Prepare(new TransactionId("a-transaction"), ACTION, "1-abc", GUEST);
    }
}
