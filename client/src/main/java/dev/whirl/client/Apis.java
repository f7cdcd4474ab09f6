package dev.whirl.client;

import dev.whirl.client.http.HttpReply;
import dev.whirl.model.json.RawJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Creates, reads and deletes APIs of the gateway, through the web actions of `/whisk.system/apimgmt` (row G-6).
/// Any OpenWhisk has them that has a gateway.
public final class Apis {
    private static final String PACKAGE = "apimgmt";

    private final Rest rest;

    Apis(Rest rest) {
        this.rest = rest;
    }

    /// Adds an operation, or a whole document, to the gateway (rows G-8, G-11).
    ///
    /// @param responseType how the gateway calls the action: `json`, `http`, `html`, `text` or `svg`
    public ApiDescription create(GatewayCaller caller, String responseType, RawJson apiDocument) {
        ApiPath path = path("createApi", caller).with("responsetype", responseType);
        return ApiDescription.read(value(rest.post(path, RawJson.object("apidoc", apiDocument))));
    }

    public List<ApiDescription> list(GatewayCaller caller, ApiQuery query, @Nullable Page page) {
        ApiPath path = path("getApi", caller)
                .with("basepath", query.base())
                .with("relpath", query.path())
                .with("operation", query.verb());
        if (page != null) {
            path = path.with("limit", page.limit()).with("skip", page.skip());
        }
        return value(rest.get(path)).field("apis").orElse(RawJson.EMPTY_ARRAY).elements().stream()
                .map(api -> api.field("value").orElse(api))
                .map(ApiDescription::read)
                .toList();
    }

    /// Deletes an API, or one path of it, or one verb there; the last one takes the API with it.
    public void delete(GatewayCaller caller, ApiQuery what) {
        value(rest.delete(path("deleteApi", caller)
                .with("basepath", what.base())
                .with("relpath", what.path())
                .with("operation", what.verb())));
    }

    private static ApiPath path(String action, GatewayCaller caller) {
        return ApiPath.of("web", "whisk.system", PACKAGE, action + ".http")
                .with("accesstoken", caller.accessToken())
                .with("spaceguid", caller.spaceGuid())
                .with("tenantInstance", caller.tenantInstance());
    }

    /// The JSON of a success. What these actions refuse comes as `error` or `message` without a code (row G-10).
    private static RawJson value(HttpReply reply) {
        if (reply.isSuccess()) {
            return Replies.value(reply);
        }
        Map<String, RawJson> fields =
                Replies.json(reply).orElse(RawJson.EMPTY_OBJECT).fields();
        Optional<String> sentence =
                Documents.optionalText(fields, "error").or(() -> Documents.optionalText(fields, "message"));
        if (sentence.isEmpty() || !Replies.isMissing(fields.get("code"))) {
            throw Replies.error(reply);
        }
        throw new ApiErrorException(
                reply.status(), sentence.get(), reply.header("x-request-id").orElse(""));
    }
}
