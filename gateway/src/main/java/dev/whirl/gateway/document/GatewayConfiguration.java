package dev.whirl.gateway.document;

import dev.whirl.gateway.document.ApiPlan.Execution;
import dev.whirl.model.json.RawJson;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// `x-gateway-configuration` of a document (row G-4), or `x-ibm-configuration` as older ones have it. What is done for
/// an operation is found once for each id, however many operations have it.
final class GatewayConfiguration {
    private static final int LONGEST_ADDRESS = 4096;

    private final boolean answersOptions;
    private final Assembly assembly;
    private final Map<String, Assembly.Found> byOperation = new HashMap<>();

    private GatewayConfiguration(boolean answersOptions, Assembly assembly) {
        this.answersOptions = answersOptions;
        this.assembly = assembly;
    }

    static GatewayConfiguration of(Map<String, RawJson> document) {
        Map<String, RawJson> fields = Json.object(document, Extension.CONFIGURATION.in(document));
        boolean answersOptions = Json.object(fields, "cors")
                .getOrDefault("enabled", RawJson.FALSE)
                .equals(RawJson.TRUE);
        return new GatewayConfiguration(
                answersOptions, new Assembly(Json.list(Json.object(fields, "assembly"), "execute")));
    }

    boolean answersOptions() {
        return answersOptions;
    }

    /// What is done for an operation.
    ///
    /// @param whisk `x-openwhisk` of the operation, which counts if the assembly does not name it
    Execution execution(String operationId, Map<String, RawJson> whisk, TargetRules rules) throws InvalidApiException {
        Assembly.Found found = byOperation.get(operationId);
        if (found == null) {
            found = assembly.find(operationId);
            byOperation.put(operationId, found);
        }
        String url = Optional.ofNullable(found.url()).orElseGet(() -> address(whisk));
        if (url.isEmpty()) {
            throw new InvalidApiException("no invoke of x-gateway-configuration and no x-openwhisk says what to call");
        }
        if (url.length() > LONGEST_ADDRESS) {
            throw new InvalidApiException("the address of a call may have %d characters".formatted(LONGEST_ADDRESS));
        }
        String verb = found.verb().equals("keep") ? "" : found.verb().toUpperCase(Locale.ROOT);
        if (!verb.isEmpty() && !ApiReader.VERBS.contains(verb)) {
            throw new InvalidApiException(
                    "x-gateway-configuration: the verb of invoke must be keep or one of " + ApiReader.VERBS);
        }
        return new Execution(found.mappings(), rules.target(url), verb);
    }

    /// The action's address as `x-openwhisk` tells it.
    private static String address(Map<String, RawJson> whisk) {
        String action = Json.text(whisk, "action", "");
        String url = Json.text(whisk, "url", "");
        return !url.isEmpty() || action.isEmpty()
                ? url
                : "/api/v1/web/%s/%s/%s.http"
                        .formatted(Json.text(whisk, "namespace", "_"), Json.text(whisk, "package", "default"), action);
    }
}
