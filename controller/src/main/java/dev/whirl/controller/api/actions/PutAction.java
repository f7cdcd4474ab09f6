package dev.whirl.controller.api.actions;

import dev.whirl.controller.api.entities.EntityAccess;
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
import dev.whirl.model.entity.Parameters;
import dev.whirl.model.identity.Identity;
import dev.whirl.model.json.RawJson;
import dev.whirl.store.CodeStore;
import dev.whirl.store.Stores;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// `PUT …/actions/{name}` (rows ): creates an action, or changes it if `overwrite` is set.
final class PutAction implements Endpoint.Guarded {
    /// The body, and the code taken out of it.
    private static final int COPIES = 2;

    private final EntityAccess access;
    private final OwnActions actions;
    private final PutRules rules;
    private final SequenceRules sequences;
    private final Stores stores;
    private final InstantSource clock;

    PutAction(
            EntityAccess access,
            OwnActions actions,
            PutRules rules,
            SequenceRules sequences,
            Stores stores,
            InstantSource clock) {
        this.access = access;
        this.actions = actions;
        this.rules = rules;
        this.sequences = sequences;
        this.stores = stores;
        this.clock = clock;
    }

    @Override
    public Answer answer(Call call) {
        EntityId id = actions.id(call);
        ActionPut put = decode(call);
        EntityAccess.Stored<Action> old = access.replaced(call, id, Action.class);
        rules.checkKind(call.caller(), put, old == null ? null : old.entity());
        CodeStore.Offered code = offered(put);
        Action next = next(call.caller(), id, put, code, old);
        EntityAccess.reserveAnswer(call, next);
        Answer answer = describe(call, put, next);
        // what can be refused without a write was refused: only now something changes
        if (code != null) {
            code.keep(); // if no action refers to it in the end, it is removed by the store
        }
        access.put(next, old);
        return answer;
    }

    private CodeStore.@Nullable Offered offered(ActionPut put) {
        CodeText code = put.exec() == null ? null : put.exec().code();
        return code == null ? null : stores.code().offer(code.utf8(), code.isBinary());
    }

    private ActionPut decode(Call call) {
        RawJson body = call.request().object(rules.maxBody(), COPIES);
        return rules.decode(call.caller(), body);
    }

    private Action next(
            Identity caller,
            EntityId id,
            ActionPut put,
            CodeStore.@Nullable Offered code,
            EntityAccess.@Nullable Stored<Action> old) {
        Exec exec = exec(caller, id, put.exec(), code == null ? null : code.ref());
        Instant now = Instant.ofEpochMilli(clock.millis());
        Action next;
        if (old != null) {
            next = ActionChange.update(old.entity(), put, exec, now);
        } else if (exec != null) {
            next = ActionChange.create(id, put, exec, standard(caller), now);
        } else {
            throw new ApiException(ErrorCode.BAD_REQUEST, Messages.EXEC_UNDEFINED);
        }
        if (put.annotations() != null) {
            rules.checkMerged(caller, next.annotations());
        }
        PutRules.checkRetry(next);
        return rules.stored(next, shown(id, old == null ? null : old.entity()));
    }

    /// What the action was shown with: its own parameters over those of its package.
    private Parameters shown(EntityId id, @Nullable Action old) {
        Parameters inherited = actions.inherited(id);
        return old == null ? inherited : inherited.overriddenBy(old.parameters());
    }

    private ActionChange.Standard standard(Identity caller) {
        return new ActionChange.Standard(rules.limits(caller), rules.standardAnnotations());
    }

    private @Nullable Exec exec(Identity caller, EntityId id, @Nullable ExecPut put, @Nullable CodeRef code) {
        return switch (put) {
            case null -> null;
            case ExecPut.Code sent -> new Exec.Code(sent.kind(), Objects.requireNonNull(code), sent.main());
            case ExecPut.Blackbox box -> new Exec.Blackbox(box.image(), code, box.main());
            case ExecPut.Sequence sequence -> sequences.checked(caller, id, sequence.components());
        };
    }

    private Answer describe(Call call, ActionPut put, Action written) {
        CodeText sent = put.exec() == null ? null : put.exec().code();
        return sent != null
                ? ActionJson.withCode(written, sent.utf8())
                : new ActionCode(stores.code()).answer(call.request(), written);
    }
}
