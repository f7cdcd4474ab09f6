package dev.whirl.controller.api.web;

import dev.whirl.controller.access.Admission;
import dev.whirl.controller.api.ApiParts;
import dev.whirl.controller.api.actions.KindRules;
import dev.whirl.controller.api.http.Answer;
import dev.whirl.controller.api.http.ApiRequest;
import dev.whirl.controller.api.http.Endpoint;
import dev.whirl.controller.api.http.PathPattern;
import dev.whirl.controller.directory.CallableAction;
import dev.whirl.controller.invoke.InvokeCall;
import dev.whirl.controller.invoke.InvokeOutcome;
import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.entity.ActionPackage;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.identity.Identity;
import dev.whirl.model.json.RawJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `ANY /web/{namespace}/{package}/{action}.{extension}/…` (rows W-1 to W-12): runs as the owner of the namespace.
final class WebAction implements Endpoint.Recognizing {
    /// The body, the text or base64 made of it, and the arguments.
    private static final int COPIES = 4;

    /// Segments before the rest: `api`, `v1`, `web`, namespace, package, action.
    private static final int SEGMENTS = 6;

    /// An action that a request may use.
    private record Found(Identity owner, CallableAction action, WebPolicy policy, Extension extension) {}

    private final ApiParts parts;
    private final KindRules kinds;

    WebAction(ApiParts parts) {
        this.parts = parts;
        this.kinds = KindRules.of(parts);
    }

    @Override
    public Answer answer(ApiRequest request, PathPattern route, @Nullable Identity caller) throws InterruptedException {
        Found found = find(request, route);
        List<Answer.Field> cors = cors(request, found.policy());
        if (!isAdmitted(request, found.policy(), caller)) {
            var refusal = new ApiException(ErrorCode.UNAUTHENTICATED, Messages.CREDENTIALS_INVALID);
            return Answer.error(refusal, request.transaction()).withFields(cors);
        }
        try (Admission admission = admit(found.owner())) {
            boolean isPreflight = isOptions(request) && !found.policy().answersOptions();
            Answer answer = isPreflight ? Answer.empty(200) : invoke(request, found, caller, admission);
            return answer.withFields(cors);
        }
    }

    /// Whatever is missing or not for the web: it looks the same from outside (row W-2).
    private Found find(ApiRequest request, PathPattern route) {
        Extension.Split split = Extension.split(route.variable("name", request.path()));
        EntityId id = id(request, route, split.name());
        Identity owner = parts.identities().byNamespace(id.namespace()).orElseThrow(WebAction::missing);
        CallableAction action = lookup(owner, id);
        WebPolicy policy = WebPolicy.of(action.action().annotations());
        if (!policy.isExported()) {
            throw missing();
        }
        return new Found(owner, action, policy, split.extension());
    }

    /// What can be no name is the name of nothing.
    private static EntityId id(ApiRequest request, PathPattern route, String name) {
        String pkg = route.variable("package", request.path());
        try {
            return new EntityId(
                    new NamespaceName(route.variable("namespace", request.path())),
                    pkg.equals(ActionPackage.RESERVED_NAME) ? null : new EntityName(pkg),
                    new EntityName(name));
        } catch (ApiException e) {
            throw missing();
        }
    }

    private CallableAction lookup(Identity owner, EntityId id) {
        try {
            return parts.resolver().action(owner, id);
        } catch (ApiException e) {
            throw e.code() == ErrorCode.INTERNAL ? e : missing();
        }
    }

    /// OPTIONS needs no credentials, whoever answers it: browsers send none.
    private static boolean isAdmitted(ApiRequest request, WebPolicy policy, @Nullable Identity caller) {
        return isOptions(request) || policy.admits(caller != null, request.header(WebPolicy.SECRET_HEADER));
    }

    private static boolean isOptions(ApiRequest request) {
        return request.method().equals("OPTIONS");
    }

    private static List<Answer.Field> cors(ApiRequest request, WebPolicy policy) {
        return policy.answersOptions() ? List.of() : Cors.fields(request.header("Access-Control-Request-Headers"));
    }

    /// @throws ApiException 429, or 503 if nothing is invoked at present
    Admission admit(Identity counted) {
        try {
            return parts.gate().admit(counted);
        } catch (ApiException e) {
            if (e.code() == ErrorCode.TOO_MANY_REQUESTS) {
                parts.engine().outcomes().throttled();
            }
            throw e;
        }
    }

    /// From here on errors, too, are for the page that called.
    private Answer invoke(ApiRequest request, Found found, @Nullable Identity caller, Admission admission)
            throws InterruptedException {
        try {
            kinds.check(found.owner(), found.action());
            RawJson arguments = arguments(request, found, caller);
            var call = new InvokeCall(request.transaction(), found.owner(), found.action(), arguments, admission, null);
            return switch (parts.engine()
                    .invocations()
                    .runAndWait(call, parts.limits().blockingWait())) {
                case InvokeOutcome.Finished(Activation activation) -> finished(request, found.extension(), activation);
                case InvokeOutcome.StillRunning(ActivationId id) ->
                    Answer.error(202, Messages.WEB_NOT_READY, request.transaction())
                            .withActivation(id);
            };
        } catch (ApiException e) {
            return Answer.error(e, request.transaction());
        }
    }

    private RawJson arguments(ApiRequest request, Found found, @Nullable Identity caller) {
        var web = new WebRequest(
                request.method(),
                request.headers(),
                request.path().rest(SEGMENTS),
                request.query().raw(),
                request.bytes(
                        parts.limits().in(found.owner().limits()).payload().bytes(), COPIES),
                caller == null ? null : caller.namespace().name().value());
        return found.policy().isRaw() ? WebArguments.raw(web) : WebArguments.merged(web);
    }

    private static Answer finished(ApiRequest request, Extension extension, Activation activation) {
        try {
            return Transcoder.answer(extension, activation.response()).withActivation(activation.id());
        } catch (ApiException e) {
            return Answer.error(e, request.transaction()).withActivation(activation.id());
        }
    }

    private static ApiException missing() {
        return new ApiException(ErrorCode.NOT_FOUND, Messages.RESOURCE_NOT_FOUND);
    }
}
