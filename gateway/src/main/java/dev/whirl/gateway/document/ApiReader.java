package dev.whirl.gateway.document;

import dev.whirl.gateway.document.ApiPlan.Execution;
import dev.whirl.gateway.document.ApiPlan.Operation;
import dev.whirl.model.json.RawJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Reads Swagger 2.0 with the gateway's extensions (row G-4).
///
/// @param maxOperations of one API
public record ApiReader(TargetRules rules, int maxOperations) {
    static final Set<String> VERBS = Set.of("GET", "PUT", "POST", "DELETE", "PATCH", "HEAD", "OPTIONS");

    /// A document as it will be stored: OpenAPI 3 becomes Swagger 2.0.
    ///
    /// @throws InvalidApiException with the first thing that is wrong
    public RawJson normalized(RawJson document) throws InvalidApiException {
        if (!document.isObject()) {
            throw new InvalidApiException("the document is no JSON object");
        }
        RawJson swagger = document.hasField("openapi") ? OpenApiThree.toSwagger(document) : document;
        Map<String, RawJson> fields = swagger.fields();
        if (!Json.text(fields, "swagger", "2.0").equals("2.0")) {
            throw new InvalidApiException("the document is neither Swagger 2.0 nor OpenAPI 3");
        }
        for (String name : List.of("basePath", "paths", "info")) {
            if (!fields.containsKey(name)) {
                throw new InvalidApiException("swagger is missing the %s field.".formatted(name));
            }
        }
        return swagger;
    }

    /// @param swagger a normalized document
    /// @throws InvalidApiException with the first thing that is wrong
    public ApiPlan plan(RawJson swagger) throws InvalidApiException {
        Map<String, RawJson> fields = swagger.fields();
        String basePath = Paths.base(Json.text(fields, "basePath", ""));
        var configuration = GatewayConfiguration.of(fields);
        var security = SecurityReader.of(fields, rules);
        var shared = new Shared(configuration, security, RateLimit.of(fields));
        var operations = new ArrayList<Operation>();
        for (var path : Json.object(fields, "paths").entrySet()) {
            List<String> segments = Paths.segments(path.getKey());
            for (var verb : path.getValue().fields().entrySet()) {
                String upper = verb.getKey().toUpperCase(Locale.ROOT);
                if (VERBS.contains(upper) && verb.getValue().isObject()) {
                    if (operations.size() == maxOperations) {
                        throw new InvalidApiException("the API has more than %d operations".formatted(maxOperations));
                    }
                    operations.add(operation(upper, path.getKey(), segments, verb.getValue(), shared));
                }
            }
        }
        String title = Json.text(Json.object(fields, "info"), "title", "");
        return new ApiPlan(
                title.isEmpty() ? "/" + basePath.replaceFirst("^/", "") : title,
                basePath,
                configuration.answersOptions(),
                security.secretHeaders(),
                operations);
    }

    private record Shared(GatewayConfiguration configuration, SecurityReader security, List<RateLimit> limits) {}

    private Operation operation(String verb, String path, List<String> segments, RawJson json, Shared shared)
            throws InvalidApiException {
        Map<String, RawJson> fields = json.fields();
        String id = Json.text(fields, "operationId", "");
        try {
            Execution execution = shared.configuration().execution(id, Json.object(fields, "x-openwhisk"), rules);
            List<Security> security = shared.security().of(fields.get("security"));
            boolean hasOwnLimits = fields.containsKey(Extension.RATE_LIMIT.in(fields));
            List<RateLimit> limits = hasOwnLimits ? RateLimit.of(fields) : shared.limits();
            return new Operation(verb, segments, execution, security, limits, hasOwnLimits);
        } catch (InvalidApiException e) {
            throw new InvalidApiException("%s %s: %s".formatted(verb, path, e.sentence()));
        }
    }
}
