package dev.whirl.controller.api.actions;

import dev.whirl.controller.api.http.Answer;
import dev.whirl.controller.api.http.ApiRequest;
import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import dev.whirl.model.entity.Action;
import dev.whirl.model.entity.CodeRef;
import dev.whirl.store.CodeStore;
import dev.whirl.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers with whole actions, their code taken from the store.
final class ActionCode {
    private static final Logger LOG = LoggerFactory.getLogger(ActionCode.class);

    private final CodeStore store;

    ActionCode(CodeStore store) {
        this.store = store;
    }

    Answer answer(ApiRequest request, Action action) {
        return action.exec()
                .codeRef()
                .map(ref -> ActionJson.withCode(action, read(request, ref)))
                .orElseGet(() -> ActionJson.withoutCode(action, null));
    }

    private byte[] read(ApiRequest request, CodeRef ref) {
        request.reserveMemory(ref.sizeBytes());
        try {
            return store.get(ref);
        } catch (StoreException.Corrupted e) {
            LOG.atError()
                    .addKeyValue("transaction", request.transaction())
                    .setCause(e)
                    .log("code cannot be read");
            throw new ApiException(ErrorCode.INTERNAL, Messages.CORRUPTED);
        }
    }
}
