package dev.whirl.controller.api.actions;

import dev.whirl.controller.api.ActionRules;
import dev.whirl.controller.api.ApiParts;
import dev.whirl.controller.api.entities.Sizes;
import dev.whirl.controller.api.entities.StoredParameters;
import dev.whirl.controller.invoke.compose.Compositions;
import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import dev.whirl.model.entity.Action;
import dev.whirl.model.entity.Annotations;
import dev.whirl.model.entity.Exec;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.entity.Parameters;
import dev.whirl.model.entity.RetryPolicy;
import dev.whirl.model.identity.Identity;
import dev.whirl.model.json.RawJson;
import dev.whirl.model.limits.SystemLimits;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a PUT of an action must keep to. Everything here is pure: what is refused has changed nothing.
final class PutRules {
    private static final List<String> SET_BY_THE_SERVER = List.of("exec", "provide-api-key");

    private final SystemLimits limits;
    private final ActionRules rules;
    private final StoredParameters parameters;
    private final KindRules kinds;
    private final ExecDecoder execs;
    private final ArchiveCheck archives;
    private final long maxBody;

    PutRules(ApiParts parts, ArchiveLimits archives, long maxBody) {
        this.limits = parts.limits();
        this.rules = parts.rules();
        this.parameters = parts.storedParameters();
        this.kinds = KindRules.of(parts);
        this.execs = new ExecDecoder(parts.runtimes());
        this.archives = new ArchiveCheck(archives);
        this.maxBody = maxBody;
    }

    long maxBody() {
        return maxBody;
    }

    /// What counts for the caller (row R-156).
    SystemLimits limits(Identity caller) {
        return limits.in(caller.limits());
    }

    /// What a new action's annotations are made of, if the caller gives none.
    Annotations standardAnnotations() {
        return rules.withholdsApiKey() ? Annotations.NONE.with("provide-api-key", RawJson.FALSE) : Annotations.NONE;
    }

    /// As it is stored: with its parameters encrypted, if the operator wants it. A sequence's are its components.
    ///
    /// @param shown the parameters that it was shown with before
    /// @throws dev.whirl.model.ApiException 400 or 413
    Action stored(Action action, Parameters shown) {
        return action.exec() instanceof Exec.Sequence
                ? action
                : action.withParameters(parameters.of(action.parameters(), shown));
    }

    /// Annotations are added to those that were there: all of them together have a maximum (row R-68).
    ///
    /// @throws dev.whirl.model.ApiException 413
    void checkMerged(Identity caller, Annotations annotations) {
        long size = annotations.without(SET_BY_THE_SERVER).sizeBytes();
        Sizes.require("annotations", size, limits(caller).parameters().bytes());
    }

    /// How often it is to be tried must make sense, and only single actions are tried again.
    ///
    /// @throws dev.whirl.model.ApiException 400
    static void checkRetry(Action action) {
        RawJson retry = action.annotations().find(RetryPolicy.ANNOTATION).orElse(null);
        if (retry == null) {
            return;
        }
        NamespaceName owner = action.id().namespace();
        try {
            RetryPolicy policy = RetryPolicy.parse(retry);
            if (policy.deadLetter() != null && policy.deadLetterOf(owner).isEmpty()) {
                throw new ApiException(
                        ErrorCode.BAD_REQUEST, Messages.deadLetterElsewhere(policy.deadLetter(), owner.value()));
            }
        } catch (IllegalArgumentException e) {
            throw new ApiException(ErrorCode.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
        if (Compositions.isComposite(action)) {
            throw new ApiException(ErrorCode.BAD_REQUEST, Messages.RETRY_OF_COMPOSITE);
        }
    }

    /// @throws dev.whirl.model.ApiException 400 or 413
    ActionPut decode(Identity caller, RawJson body) {
        SystemLimits allowed = limits(caller);
        var limitsDecoder = new LimitsDecoder(allowed, allowed.instances(caller.limits()));
        ActionPut put = ActionPut.decode(body, execs, limitsDecoder);
        SizeRules.check(put, allowed);
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
