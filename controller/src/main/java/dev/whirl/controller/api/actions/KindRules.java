package dev.whirl.controller.api.actions;

import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import dev.whirl.model.identity.Identity;
import dev.whirl.model.runtime.RuntimeKind;
import dev.whirl.model.runtime.RuntimesManifest;
import java.util.Set;

/// Which kinds a caller may write and invoke (row R-70). Reading and deleting are always possible.
public final class KindRules {
    private final RuntimesManifest runtimes;

    public KindRules(RuntimesManifest runtimes) {
        this.runtimes = runtimes;
    }

    /// @throws ApiException 403 if the namespace may not use the kind, 400 if nobody may any more
    void check(Identity caller, String kind) {
        Set<String> allowed = caller.limits().allowedKinds();
        if (allowed != null && !allowed.contains(kind)) {
            throw new ApiException(ErrorCode.FORBIDDEN, Messages.kindNotAuthorized(kind));
        }
        if (runtimes.serving(kind).map(RuntimeKind::isDeprecated).orElse(false)) {
            throw new ApiException(ErrorCode.BAD_REQUEST, Messages.runtimeDeprecated(kind));
        }
    }
}
