package dev.whirl.server.simulation;

import dev.whirl.controller.directory.CallableAction;
import dev.whirl.model.TransactionId;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.entity.Action;
import dev.whirl.model.entity.ActionLimits;
import dev.whirl.model.entity.Annotations;
import dev.whirl.model.entity.CodeRef;
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
import dev.whirl.store.ConflictException;
import dev.whirl.store.Entities;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What is called in a simulation, and by whom.
final class SimulatedCalls {
    static final String NAMESPACE_UUID = "23bc46b1";
    private static final NamespaceName GUEST = new NamespaceName("guest");
    private static final int ACTIONS = 6;
    private static final Identity CALLER = new Identity(
            "guest", new Namespace(GUEST, NAMESPACE_UUID), new AuthKey(NAMESPACE_UUID, "123zO3"), NamespaceLimits.NONE);

    private SimulatedCalls() {}

    static List<CallableAction> actions(Entities entities) {
        var actions = new ArrayList<CallableAction>();
        for (int i = 0; i < ACTIONS; i++) {
            var action = new Action(
                    EntityId.of(GUEST, new EntityName("action" + i)),
                    new Exec.Code("nodejs:20", new CodeRef("ab".repeat(32), 12, false), "main"),
                    new Parameters(List.of()),
                    ActionLimits.DEFAULT,
                    Version.FIRST,
                    Annotations.NONE,
                    Instant.EPOCH);
            try {
                actions.add(CallableAction.of(action, entities.put(action, null)));
            } catch (ConflictException e) {
                throw new IllegalStateException(e);
            }
        }
        return actions;
    }

    static Invocation invocation(World world, CallableAction action, ControllerId by, boolean isBlocking) {
        String id =
                "%016x%016x".formatted(world.random().nextLong(), world.random().nextLong());
        return new Invocation(
                new TransactionId("t" + id.substring(0, 8)),
                new ActivationId(id),
                action.action().id(),
                action.revision().value(),
                null,
                CALLER,
                RawJson.EMPTY_OBJECT,
                List.of(),
                Map.of(),
                isBlocking,
                !isBlocking,
                null,
                by,
                world.clock().instant());
    }
}
