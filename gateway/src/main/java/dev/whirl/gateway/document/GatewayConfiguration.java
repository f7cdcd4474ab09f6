package dev.whirl.gateway.document;

import dev.whirl.gateway.document.ApiPlan.Execution;
import dev.whirl.model.json.RawJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// `x-gateway-configuration` of a document (row G-4), or `x-ibm-configuration` as older ones have it.
///
/// @param execute the steps of the assembly
record GatewayConfiguration(boolean answersOptions, List<RawJson> execute) {
    private static final int MOST_MAPPINGS = 100;

    static GatewayConfiguration of(Map<String, RawJson> document) {
        Map<String, RawJson> fields = Json.object(document, Extension.CONFIGURATION.in(document));
        boolean answersOptions = Json.object(fields, "cors")
                .getOrDefault("enabled", RawJson.FALSE)
                .equals(RawJson.TRUE);
        return new GatewayConfiguration(answersOptions, Json.list(Json.object(fields, "assembly"), "execute"));
    }

    /// What is done for an operation.
    ///
    /// @param whisk `x-openwhisk` of the operation, which counts if the assembly does not name it
    Execution execution(String operationId, Map<String, RawJson> whisk, TargetRules rules) throws InvalidApiException {
        var found = new Found();
        collect(execute, operationId, found);
        String url = Optional.ofNullable(found.url).orElseGet(() -> address(whisk));
        if (url.isEmpty()) {
            throw new InvalidApiException("no invoke of x-gateway-configuration and no x-openwhisk says what to call");
        }
        String verb = found.verb.equals("keep") ? "" : found.verb.toUpperCase(Locale.ROOT);
        if (!verb.isEmpty() && !ApiReader.VERBS.contains(verb)) {
            throw new InvalidApiException(
                    "x-gateway-configuration: the verb of invoke must be keep or one of " + ApiReader.VERBS);
        }
        return new Execution(found.mappings, rules.target(url), verb);
    }

    private static final class Found {
        private final List<Mapping> mappings = new ArrayList<>();
        private @org.jspecify.annotations.Nullable String url;
        private String verb = "keep";
    }

    private static void collect(List<RawJson> steps, String operationId, Found found) throws InvalidApiException {
        for (RawJson step : steps) {
            for (var policy : step.fields().entrySet()) {
                Map<String, RawJson> fields = policy.getValue().fields();
                switch (policy.getKey()) {
                    case "operation-switch" -> collect(cases(fields, operationId), operationId, found);
                    case "set-variable" -> addMappings(Json.list(fields, "actions"), found.mappings);
                    case "invoke" -> {
                        found.url = Json.text(fields, "target-url", "");
                        found.verb = Json.text(fields, "verb", "keep");
                    }
                    default ->
                        throw new InvalidApiException("x-gateway-configuration: '%s' is no step that this gateway knows"
                                .formatted(policy.getKey()));
                }
            }
        }
    }

    private static List<RawJson> cases(Map<String, RawJson> fields, String operationId) {
        return Json.list(fields, "case").stream()
                .map(RawJson::fields)
                .filter(each -> Json.texts(each.getOrDefault("operations", RawJson.NULL))
                        .contains(operationId))
                .flatMap(each -> Json.list(each, "execute").stream())
                .toList();
    }

    private static void addMappings(List<RawJson> actions, List<Mapping> mappings) throws InvalidApiException {
        for (RawJson each : actions) {
            if (mappings.size() == MOST_MAPPINGS) {
                throw new InvalidApiException(
                        "set-variable: a request may be changed in %d ways at most".formatted(MOST_MAPPINGS));
            }
            Map<String, RawJson> fields = each.fields();
            Optional<String> cleared =
                    fields.getOrDefault("clear", RawJson.NULL).asText();
            if (cleared.isPresent()) {
                mappings.add(new Mapping.Clear(Fields.parse(cleared.get())));
            } else {
                RawJson value = fields.getOrDefault("value", RawJson.string(""));
                mappings.add(new Mapping.Set(
                        Fields.parse(Json.text(fields, "set", "")),
                        Template.parse(value.asText().orElse(value.toString()))));
            }
        }
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
