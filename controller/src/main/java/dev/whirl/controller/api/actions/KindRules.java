package dev.whirl.controller.api.actions;

import dev.whirl.controller.api.ApiParts;
import dev.whirl.controller.directory.CallRules;
import dev.whirl.controller.directory.CallableAction;
import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import dev.whirl.model.identity.Identity;
import dev.whirl.model.runtime.RuntimeKind;
import dev.whirl.model.runtime.RuntimesManifest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which kinds a caller may write and invoke (row R-70): those that the operator leaves to all, and those of the
/// caller's namespace. Reading and deleting are always possible.
public final class KindRules implements CallRules {
    private final RuntimesManifest runtimes;
    private final Set<String> common;

    /// @param common kinds that every namespace may use; empty: a namespace for which none are named may use all
    public KindRules(RuntimesManifest runtimes, Set<String> common) {
        this.runtimes = runtimes;
        this.common = Set.copyOf(common);
    }

    public static KindRules of(ApiParts parts) {
        return new KindRules(parts.runtimes(), parts.rules().kinds());
    }

    @Override
    public void check(Identity caller, CallableAction action) {
        check(caller, action.action().exec().kind());
    }

    /// @throws ApiException 403 if the namespace may not use the kind, 400 if nobody may any more
    public void check(Identity caller, String kind) {
        if (!isAllowed(caller.limits().allowedKinds(), kind)) {
            throw new ApiException(ErrorCode.FORBIDDEN, Messages.kindNotAuthorized(kind));
        }
        if (runtimes.serving(kind).map(RuntimeKind::isDeprecated).orElse(false)) {
            throw new ApiException(ErrorCode.BAD_REQUEST, Messages.runtimeDeprecated(kind));
        }
    }

    private boolean isAllowed(@Nullable Set<String> own, String kind) {
        boolean isOpen = own == null && common.isEmpty();
        return isOpen || common.contains(kind) || (own != null && own.contains(kind));
    }
}
