package dev.whirl.controller.api.actions;

import dev.whirl.controller.api.http.Answer;
import dev.whirl.controller.api.http.ApiRequest;
import dev.whirl.model.entity.Action;
import dev.whirl.model.entity.CodeRef;
import dev.whirl.store.CodeStore;

/// Answers with whole actions, their code taken from the store.
final class ActionCode {
    private final CodeStore store;

    ActionCode(CodeStore store) {
        this.store = store;
    }

    Answer answer(ApiRequest request, Action action) {
        return action.exec()
                .codeRef()
                .map(ref -> ActionJson.withCode(action, read(request, ref)))
                .orElseGet(() -> ActionJson.withoutCode(action));
    }

    private byte[] read(ApiRequest request, CodeRef ref) {
        request.reserveMemory(ref.sizeBytes());
        return store.get(ref);
    }
}
