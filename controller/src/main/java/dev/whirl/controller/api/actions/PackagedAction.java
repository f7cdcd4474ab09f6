package dev.whirl.controller.api.actions;

import dev.whirl.controller.access.Admission;
import dev.whirl.controller.access.Gate;
import dev.whirl.controller.api.http.Answer;
import dev.whirl.controller.api.http.Call;
import dev.whirl.controller.api.http.Endpoint;
import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.EntityName;
import org.jspecify.annotations.Nullable;

/// `…/actions/{package}/…`: this version has no packages, so whatever the name, the package is missing (row
///
///
/// @param isInvoke then quotas come first (row R-153)
record PackagedAction(Gate gate, boolean isInvoke) implements Endpoint.Guarded {
    @Override
    public Answer answer(Call call) {
        var pkg = new EntityName(call.segment("package"));
        @Nullable EntityName name = call.request().path().endsWithSlash() ? null : call.name();
        if (name != null && isInvoke) {
            try (Admission _ = gate.admit(call.caller(), new EntityId(call.namespace(), pkg, name))) {
                throw missing();
            }
        }
        String resource = call.namespace() + "/" + pkg + (name == null ? "" : "/" + name);
        gate.requireOwner(call.caller(), call.namespace(), resource);
        throw missing();
    }

    private static ApiException missing() {
        return new ApiException(ErrorCode.NOT_FOUND, Messages.RESOURCE_NOT_FOUND);
    }
}
