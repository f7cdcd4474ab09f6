package dev.whirl.controller.api.actions;

import dev.whirl.controller.api.entities.EntityAccess;
import dev.whirl.controller.api.http.Answer;
import dev.whirl.controller.api.http.Call;
import dev.whirl.controller.api.http.Endpoint;
import dev.whirl.controller.directory.CallableAction;
import dev.whirl.controller.directory.Resolver;
import dev.whirl.controller.directory.SharedReading;
import dev.whirl.model.entity.Action;

/// `GET …/actions/{name}` (row R-25).
final class GetAction implements Endpoint.Guarded {
    private final Resolver resolver;
    private final SharedReading sharing;
    private final ActionCode code;

    GetAction(Resolver resolver, SharedReading sharing, ActionCode code) {
        this.resolver = resolver;
        this.sharing = sharing;
        this.code = code;
    }

    /// Parameters are shown as the action would get them: its own over those of its package and of the binding.
    @Override
    public Answer answer(Call call) {
        CallableAction found = resolver.action(call.caller(), call.actionId());
        sharing.require(call.caller(), call.actionId(), found);
        Action action = found.action().withParameters(found.parameters());
        EntityAccess.reserveAnswer(call, action);
        return call.query().flag("code", true)
                ? code.answer(call.request(), action)
                : ActionJson.withoutCode(action, found.binding());
    }
}
