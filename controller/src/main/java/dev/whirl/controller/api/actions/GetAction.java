package dev.whirl.controller.api.actions;

import dev.whirl.controller.api.http.Answer;
import dev.whirl.controller.api.http.Call;
import dev.whirl.controller.api.http.Endpoint;
import dev.whirl.model.entity.Action;

/// `GET …/actions/{name}` (row R-25).
final class GetAction implements Endpoint.Guarded {
    private final ActionAccess actions;
    private final ActionCode code;

    GetAction(ActionAccess actions, ActionCode code) {
        this.actions = actions;
        this.code = code;
    }

    @Override
    public Answer answer(Call call) {
        Action action = actions.require(actions.ownId(call)).action();
        return call.query().flag("code", true) ? code.answer(call.request(), action) : ActionJson.withoutCode(action);
    }
}
