package dev.whirl.gateway.manage;

import dev.whirl.gateway.document.Json;
import dev.whirl.gateway.policy.Subscription;
import dev.whirl.gateway.store.StoredApi;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.MalformedJsonException;
import dev.whirl.model.json.RawJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The management for operators, version 2 and what is left of version 1 (rows G-2, G-3). Whoever serves it lets
/// nobody in but operators.
public final class Management {
    private final Apis apis;
    private final ApiForms forms;

    /// @param address where managed endpoints are reached
    public Management(Apis apis, String address) {
        this.apis = apis;
        this.forms = new ApiForms(address, apis::obstacle);
    }

    public ManagementReply answer(ManagementRequest request) {
        try {
            return switch (request.segments().isEmpty()
                    ? ""
                    : request.segments().getFirst()) {
                case "v1" -> first(request);
                case "v2" -> second(request);
                default -> throw missing();
            };
        } catch (RefusedException e) {
            return ManagementReply.error(e.status(), e.sentence());
        }
    }

    private ManagementReply first(ManagementRequest request) throws RefusedException {
        List<String> path = request.segments();
        if (!request.method().equals("GET") || path.size() < 2 || path.size() > 3) {
            throw missing();
        }
        Optional<String> id = path.size() == 3 ? Optional.of(path.get(2)) : Optional.empty();
        return switch (path.get(1)) {
            case "health-check" -> ManagementReply.ok(RawJson.object("status", RawJson.string(health())));
            case "tenants" -> tenants(id);
            case "apis" -> firstApis(id);
            default -> throw missing();
        };
    }

    private String health() {
        return apis.areKnown() ? "ok" : "the store could not be read yet";
    }

    private ManagementReply tenants(Optional<String> id) throws RefusedException {
        if (id.isEmpty()) {
            return ManagementReply.ok(
                    RawJson.array(apis.tenants().stream().map(ApiForms::tenant).toList()));
        }
        if (!apis.tenants().contains(id.get())) {
            throw new RefusedException(404, "Unknown tenant id " + id.get());
        }
        return ManagementReply.ok(ApiForms.tenant(id.get()));
    }

    private ManagementReply firstApis(Optional<String> id) throws RefusedException {
        List<StoredApi> all = apis.tenants().stream()
                .flatMap(each -> apis.ofTenant(each).stream())
                .toList();
        if (id.isEmpty()) {
            return ManagementReply.ok(
                    RawJson.array(all.stream().map(forms::first).toList()));
        }
        return ManagementReply.ok(forms.first(all.stream()
                .filter(each -> each.id().equals(id.get()))
                .findFirst()
                .orElseThrow(() -> unknown(id.get()))));
    }

    private ManagementReply second(ManagementRequest request) throws RefusedException {
        List<String> path = request.segments();
        if (path.size() < 3 || path.size() > 4) {
            throw missing();
        }
        String tenant = path.get(1);
        Optional<String> id = path.size() == 4 ? Optional.of(path.get(3)) : Optional.empty();
        return switch (path.get(2)) {
            case "apis" -> id.isEmpty() ? allApis(request, tenant) : oneApi(request, tenant, id.get());
            case "subscriptions" -> subscriptions(request, tenant, id);
            default -> throw missing();
        };
    }

    private ManagementReply allApis(ManagementRequest request, String tenant) throws RefusedException {
        return switch (request.method()) {
            case "GET" ->
                ManagementReply.ok(RawJson.array(apis.ofTenant(tenant).stream()
                        .filter(each -> matches(each, request.query()))
                        .map(forms::second)
                        .toList()));
            case "POST" -> ManagementReply.ok(forms.second(apis.save(tenant, body(request), null)));
            default -> throw wrongVerb();
        };
    }

    private static boolean matches(StoredApi api, Map<String, String> query) {
        return (!query.containsKey("basePath") || ApiForms.isCalled(api, query.getOrDefault("basePath", "")))
                && (!query.containsKey("title") || ApiForms.name(api).equals(query.getOrDefault("title", "")));
    }

    private ManagementReply oneApi(ManagementRequest request, String tenant, String id) throws RefusedException {
        StoredApi api = known(tenant, id);
        return switch (request.method()) {
            case "GET" -> ManagementReply.ok(forms.second(api));
            case "PUT" -> ManagementReply.ok(forms.second(apis.save(tenant, body(request), api)));
            case "DELETE" -> {
                apis.remove(api);
                yield new ManagementReply(204, null);
            }
            default -> throw wrongVerb();
        };
    }

    private ManagementReply subscriptions(ManagementRequest request, String tenant, Optional<String> client)
            throws RefusedException {
        return switch (request.method() + (client.isEmpty() ? "" : " one")) {
            case "GET" -> listed(known(tenant, artifact(request.query().get("artifact_id"))));
            case "POST" -> subscribe(tenant, body(request).fields());
            case "DELETE one" -> {
                StoredApi api = known(tenant, artifact(request.query().get("artifact_id")));
                apis.remove(apis.subscriptions(api).stream()
                        .filter(each -> each.client().equals(client.orElse("")))
                        .findFirst()
                        .orElseThrow(() -> new RefusedException(404, "Subscription doesn't exist")));
                yield new ManagementReply(204, null);
            }
            default -> throw wrongVerb();
        };
    }

    private ManagementReply listed(StoredApi api) {
        return ManagementReply.ok(RawJson.array(
                apis.subscriptions(api).stream().map(Management::shown).toList()));
    }

    private ManagementReply subscribe(String tenant, Map<String, RawJson> fields) throws RefusedException {
        StoredApi api = known(tenant, artifact(Json.text(fields, "artifact_id", "")));
        String client = Json.text(fields, "client_id", "");
        String secret = Json.text(fields, "client_secret", "");
        if (client.isEmpty()) {
            throw new RefusedException(400, "Missing client_id");
        }
        try {
            var subscription = Subscription.of(tenant, api.id(), client, secret.isEmpty() ? null : secret);
            apis.save(subscription);
            return ManagementReply.ok(shown(subscription));
        } catch (IllegalArgumentException e) {
            throw new RefusedException(400, String.valueOf(e.getMessage()));
        }
    }

    private static RawJson shown(Subscription subscription) {
        return new JsonWriter()
                .startObject()
                .field("artifact_id", subscription.api())
                .field("client_id", subscription.client())
                .endObject()
                .toRawJson();
    }

    private static String artifact(@org.jspecify.annotations.Nullable String id) throws RefusedException {
        if (id == null || id.isEmpty()) {
            throw new RefusedException(400, "Missing artifact_id");
        }
        return id;
    }

    private static RawJson body(ManagementRequest request) throws RefusedException {
        if (request.body().isEmpty()) {
            throw new RefusedException(400, "Missing request body");
        }
        try {
            return RawJson.parse(request.body());
        } catch (MalformedJsonException e) {
            throw new RefusedException(400, "The request body is no JSON: " + e.getMessage());
        }
    }

    private StoredApi known(String tenant, String id) throws RefusedException {
        return apis.find(tenant, id).orElseThrow(() -> unknown(id));
    }

    private static RefusedException unknown(String id) {
        return new RefusedException(404, "Unknown API id " + id);
    }

    private static RefusedException missing() {
        return new RefusedException(404, "Whoops. There is no such route.");
    }

    private static RefusedException wrongVerb() {
        return new RefusedException(404, "Whoops. Verb not supported.");
    }
}
