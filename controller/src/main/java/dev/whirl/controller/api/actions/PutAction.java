package dev.whirl.controller.api.actions;

import dev.whirl.controller.api.http.Answer;
import dev.whirl.controller.api.http.Call;
import dev.whirl.controller.api.http.Endpoint;
import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import dev.whirl.model.entity.Action;
import dev.whirl.model.entity.CodeRef;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.Exec;
import dev.whirl.model.json.RawJson;
import dev.whirl.store.ConflictException;
import dev.whirl.store.Stores;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// `PUT …/actions/{name}` (rows ): creates an action, or changes it if `overwrite` is set.
final class PutAction implements Endpoint.Guarded {
    /// The body, and the code taken out of it.
    private static final int COPIES = 2;

    private final ActionAccess actions;
    private final PutRules rules;
    private final Stores stores;
    private final Consumer<EntityId> changed;
    private final InstantSource clock;

    /// @param changed is told what was written
    PutAction(ActionAccess actions, PutRules rules, Stores stores, Consumer<EntityId> changed, InstantSource clock) {
        this.actions = actions;
        this.rules = rules;
        this.stores = stores;
        this.changed = changed;
        this.clock = clock;
    }

    @Override
    public Answer answer(Call call) {
        EntityId id = actions.ownId(call);
        boolean overwrites = call.query().flag("overwrite", false);
        ActionPut put = decode(call);
        Optional<ActionAccess.Stored> old = actions.find(id);
        if (old.isPresent() && !overwrites) {
            throw new ApiException(ErrorCode.CONFLICT, Messages.EXISTS);
        }
        rules.checkKind(call.caller(), put, old.map(ActionAccess.Stored::action).orElse(null));
        Action written = write(id, put, old.orElse(null));
        changed.accept(id);
        return describe(call, put, written);
    }

    private ActionPut decode(Call call) {
        RawJson body = call.request().object(rules.maxBody(), COPIES);
        return rules.decode(call.caller(), body);
    }

    private Action write(EntityId id, ActionPut put, ActionAccess.@Nullable Stored old) {
        Exec exec = exec(put);
        Instant now = Instant.ofEpochMilli(clock.millis());
        Action next;
        if (old != null) {
            next = ActionChange.update(old.action(), put, exec, now);
        } else if (exec != null) {
            next = ActionChange.create(id, put, exec, rules.limits(), now);
        } else {
            throw new ApiException(ErrorCode.BAD_REQUEST, Messages.EXEC_UNDEFINED);
        }
        try {
            stores.entities().put(next, old == null ? null : old.revision());
        } catch (ConflictException e) {
            throw ActionAccess.lostUpdate(e);
        }
        return next;
    }

    private @Nullable Exec exec(ActionPut put) {
        return switch (put.exec()) {
            case null -> null;
            case ExecPut.Code code -> new Exec.Code(code.kind(), keep(code.code()), code.main());
            case ExecPut.Blackbox box ->
                new Exec.Blackbox(box.image(), box.code() == null ? null : keep(box.code()), box.main());
        };
    }

    /// Code that no action refers to in the end is removed by the store.
    private CodeRef keep(CodeText code) {
        return stores.code().put(code.utf8(), code.isBinary());
    }

    private Answer describe(Call call, ActionPut put, Action written) {
        CodeText sent = put.exec() == null ? null : put.exec().code();
        return sent != null
                ? ActionJson.withCode(written, sent.utf8())
                : new ActionCode(stores.code()).answer(call.request(), written);
    }
}
