package dev.whirl.gateway.manage;

import dev.whirl.gateway.document.Json;
import dev.whirl.gateway.store.StoredApi;
import dev.whirl.model.json.RawJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What `/whisk.system/apimgmt` does (rows G-6 to G-11). It is served by the platform itself: nothing has to be
/// installed, no function has to start, and a caller can only touch what is theirs.
public final class ApiManagement {
    private static final int ATTEMPTS = 5;
    private static final long ALL = 1000;

    /// Of a list: while it is written, and as it is sent.
    private static final int COPIES = 2;

    private static final Set<String> FORMATS = Set.of("apigw", "swagger");

    private final Apis apis;
    private final ApiForms forms;

    /// @param address where managed endpoints are reached
    public ApiManagement(Apis apis, String address) {
        this.apis = apis;
        this.forms = new ApiForms(address, apis::obstacle);
    }

    public ManagementReply createApi(ApiCall call) {
        Caller caller = call.caller();
        if (caller == null || !isOwn(call, caller)) {
            return ManagementReply.refusal(400, "A valid auth key is required.");
        }
        try {
            ApiDoc doc = ApiDoc.read(call.parameters().get("apidoc"), call.text("responsetype"), caller.namespace());
            return ManagementReply.ok(forms.cli(create(caller, doc), caller.namespace()));
        } catch (ApiDoc.MalformedException e) {
            return ManagementReply.refusal(400, String.valueOf(e.getMessage()));
        } catch (RefusedException e) {
            return ManagementReply.refusal(e.status(), "API creation failure: " + e.sentence());
        }
    }

    /// What an OpenAPI 3 document is about is only known when it was made Swagger of.
    private StoredApi create(Caller caller, ApiDoc doc) throws RefusedException {
        ApiDoc wanted =
                doc instanceof ApiDoc.Whole(RawJson document) ? new ApiDoc.Whole(apis.normalized(document)) : doc;
        return again(caller, () -> {
            Optional<StoredApi> old = existing(caller, wanted.basePathOrName());
            return apis.save(caller.uuid(), next(wanted, old), old.orElse(null));
        });
    }

    /// Two who add an operation to one API at once must both be in it: here one waits for the other, and who was late
    /// elsewhere tries again.
    private <T> T again(Caller caller, Apis.Change<T> change) throws RefusedException {
        return apis.alone(caller.uuid(), () -> {
            for (int i = 1; ; i++) {
                try {
                    return change.make();
                } catch (RefusedException e) {
                    if (e.status() != 409 || i == ATTEMPTS) {
                        throw e;
                    }
                    apis.refresh();
                }
            }
        });
    }

    private static RawJson next(ApiDoc doc, Optional<StoredApi> old) throws RefusedException {
        return switch (doc) {
            case ApiDoc.Whole(RawJson swagger) -> swagger;
            case ApiDoc.OneOperation operation -> {
                if (old.isEmpty() && !operation.basePathOrName().startsWith("/")) {
                    throw new RefusedException(
                            400,
                            "API '%s' does not exist, and a base path must begin with '/'"
                                    .formatted(operation.basePathOrName()));
                }
                RawJson document = old.map(StoredApi::document)
                        .orElseGet(() -> SwaggerEdits.empty(operation.basePathOrName(), operation.apiName()));
                yield SwaggerEdits.with(document, operation);
            }
        };
    }

    public ManagementReply getApi(ApiCall call) {
        Caller caller = call.caller();
        if (caller == null || !isOwn(call, caller)) {
            return ManagementReply.refusal(400, "Invalid authentication.");
        }
        if (call.text("outputFormat").filter(each -> !FORMATS.contains(each)).isPresent()) {
            return ManagementReply.refusal(400, "Invalid outputFormat value. Valid values are: apigw, swagger");
        }
        if (call.text("operation").isPresent() && call.text("relpath").isEmpty()) {
            return ManagementReply.refusal(400, "When specifying an operation, the path is required.");
        }
        if (!apis.areKnown()) {
            return ManagementReply.refusal(503, "API GW failure: the gateway's store could not be read yet");
        }
        List<StoredApi> found = apis.ofTenant(caller.uuid()).stream()
                .filter(each -> call.text("basepath")
                        .map(path -> ApiForms.isCalled(each, path))
                        .orElse(true))
                .skip(call.number("skip").orElse(0L))
                .limit(call.number("limit").filter(each -> each > 0).orElse(ALL))
                .toList();
        call.memory().accept(COPIES * ApiForms.sizeBytes(found));
        return ManagementReply.ok(forms.cliList(found, caller.namespace()));
    }

    public ManagementReply deleteApi(ApiCall call) {
        Caller caller = call.caller();
        if (caller == null || !isOwn(call, caller)) {
            return ManagementReply.refusal(400, "Invalid authentication.");
        }
        Optional<String> base = call.text("basepath");
        if (base.isEmpty()) {
            return ManagementReply.refusal(400, "basepath is required.");
        }
        if (call.text("operation").isPresent() && call.text("relpath").isEmpty()) {
            return ManagementReply.refusal(400, "When specifying an operation, the path is required.");
        }
        try {
            delete(caller, base.get(), call.text("relpath"), call.text("operation"));
            return ManagementReply.ok(RawJson.EMPTY_OBJECT);
        } catch (RefusedException e) {
            return ManagementReply.refusal(e.status(), "API deletion failure: " + e.sentence());
        }
    }

    private void delete(Caller caller, String base, Optional<String> path, Optional<String> verb)
            throws RefusedException {
        again(caller, () -> {
            StoredApi api = existing(caller, base)
                    .orElseThrow(() -> new RefusedException(400, "API '%s' does not exist.".formatted(base)));
            deleteFrom(api, path, verb);
            return api;
        });
    }

    private void deleteFrom(StoredApi api, Optional<String> path, Optional<String> verb) throws RefusedException {
        if (path.isEmpty()) {
            apis.remove(api);
            return;
        }
        RawJson rest = SwaggerEdits.without(api.document(), path.get(), verb);
        Map<String, RawJson> paths = Json.object(rest.fields(), "paths");
        if (paths.isEmpty()) {
            apis.remove(api);
        } else {
            apis.save(api.tenant(), rest, api);
        }
    }

    private Optional<StoredApi> existing(Caller caller, String basePathOrName) {
        return apis.ofTenant(caller.uuid()).stream()
                .filter(each -> ApiForms.isCalled(each, basePathOrName))
                .findFirst();
    }

    /// The tenant that a client names must be the caller's own; OpenWhisk believes whatever it is told.
    private static boolean isOwn(ApiCall call, Caller caller) {
        return call.text("spaceguid").map(caller.uuid()::equals).orElse(true);
    }
}
