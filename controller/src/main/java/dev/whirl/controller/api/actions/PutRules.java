package dev.whirl.controller.api.actions;

import dev.whirl.model.entity.Action;
import dev.whirl.model.identity.Identity;
import dev.whirl.model.json.RawJson;
import dev.whirl.model.limits.SystemLimits;
import dev.whirl.model.runtime.RuntimesManifest;
import org.jspecify.annotations.Nullable;

/// What a PUT of an action must keep to. Everything here is pure: what is refused has changed nothing.
final class PutRules {
    private final SystemLimits limits;
    private final KindRules kinds;
    private final ExecDecoder execs;
    private final ArchiveCheck archives;
    private final long maxBody;

    PutRules(SystemLimits limits, RuntimesManifest runtimes, ArchiveLimits archives, long maxBody) {
        this.limits = limits;
        this.kinds = new KindRules(runtimes);
        this.execs = new ExecDecoder(runtimes);
        this.archives = new ArchiveCheck(archives);
        this.maxBody = maxBody;
    }

    long maxBody() {
        return maxBody;
    }

    SystemLimits limits() {
        return limits;
    }

    /// @throws dev.whirl.model.ApiException 400 or 413
    ActionPut decode(Identity caller, RawJson body) {
        Integer own = caller.limits().concurrentInvocations();
        var limitsDecoder = new LimitsDecoder(limits, own == null ? limits.concurrentInvocations() : own);
        ActionPut put = ActionPut.decode(body, execs, limitsDecoder);
        SizeRules.check(put, limits);
        CodeText code = put.exec() == null ? null : put.exec().code();
        if (code != null) {
            archives.check(code);
        }
        return put;
    }

    /// @param old the action as it is, null if there is none
    /// @throws dev.whirl.model.ApiException 400 or 403
    void checkKind(Identity caller, ActionPut put, @Nullable Action old) {
        if (put.exec() != null) {
            kinds.check(caller, put.exec().kind());
        } else if (old != null) {
            kinds.check(caller, old.exec().kind());
        }
    }
}
