package dev.whirl.gateway.document;

import dev.whirl.model.json.RawJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `execute` of a configuration (row G-4). Each step is read once, when the first operation comes to it, and cases are
/// looked up by the operation's id, so that a document takes time in proportion to its length. Used by one thread.
final class Assembly {
    private static final int MOST_MAPPINGS = 100;

    /// For one operation; more than that is no configuration that somebody wrote.
    private static final int MOST_STEPS = 1000;

    /// What is done for an operation.
    ///
    /// @param url null if no step says what to call
    /// @param verb `keep` for the caller's
    record Found(List<Mapping> mappings, @Nullable String url, String verb) {
        Found {
            mappings = List.copyOf(mappings);
        }
    }

    private sealed interface Step {
        record Change(List<Mapping> mappings) implements Step {}

        record Invoke(String url, String verb) implements Step {}

        /// @param cases by the id of an operation
        record Switch(Map<String, List<Steps>> cases) implements Step {}
    }

    /// Steps that follow each other.
    private static final class Steps {
        private final List<RawJson> json;
        private @Nullable List<Step> read;

        Steps(List<RawJson> json) {
            this.json = json;
        }

        List<Step> steps() throws InvalidApiException {
            List<Step> known = read;
            if (known == null) {
                known = new ArrayList<>();
                for (RawJson each : json) {
                    for (var policy : each.fields().entrySet()) {
                        known.add(step(policy.getKey(), policy.getValue().fields()));
                    }
                }
                read = known;
            }
            return known;
        }
    }

    private final Steps all;

    Assembly(List<RawJson> execute) {
        this.all = new Steps(execute);
    }

    /// @throws InvalidApiException for the first step of this operation that is wrong
    Found find(String operationId) throws InvalidApiException {
        var walk = new Walk(operationId);
        walk.through(all);
        return new Found(walk.mappings, walk.url, walk.verb);
    }

    /// One operation's way through the steps.
    private static final class Walk {
        private final String operationId;
        private final List<Mapping> mappings = new ArrayList<>();
        private @Nullable String url;
        private String verb = "keep";
        private int count;

        Walk(String operationId) {
            this.operationId = operationId;
        }

        void through(Steps steps) throws InvalidApiException {
            for (Step each : steps.steps()) {
                if (++count > MOST_STEPS) {
                    throw new InvalidApiException(
                            "x-gateway-configuration: an operation may have %d steps at most".formatted(MOST_STEPS));
                }
                switch (each) {
                    case Step.Change(List<Mapping> more) -> add(more);
                    case Step.Invoke(String target, String method) -> {
                        url = target;
                        verb = method;
                    }
                    case Step.Switch(var cases) -> {
                        for (Steps inner : cases.getOrDefault(operationId, List.of())) {
                            through(inner);
                        }
                    }
                }
            }
        }

        private void add(List<Mapping> more) throws InvalidApiException {
            mappings.addAll(more);
            requireFew(mappings.size());
        }
    }

    private static Step step(String policy, Map<String, RawJson> fields) throws InvalidApiException {
        return switch (policy) {
            case "operation-switch" -> new Step.Switch(cases(fields));
            case "set-variable" -> new Step.Change(mappings(Json.list(fields, "actions")));
            case "invoke" -> new Step.Invoke(Json.text(fields, "target-url", ""), Json.text(fields, "verb", "keep"));
            default ->
                throw new InvalidApiException(
                        "x-gateway-configuration: '%s' is no step that this gateway knows".formatted(policy));
        };
    }

    private static Map<String, List<Steps>> cases(Map<String, RawJson> fields) {
        var cases = new HashMap<String, List<Steps>>();
        for (RawJson each : Json.list(fields, "case")) {
            Map<String, RawJson> one = each.fields();
            var steps = new Steps(Json.list(one, "execute"));
            Json.texts(one.getOrDefault("operations", RawJson.NULL)).stream()
                    .distinct()
                    .forEach(id ->
                            cases.computeIfAbsent(id, _ -> new ArrayList<>(1)).add(steps));
        }
        return cases;
    }

    private static List<Mapping> mappings(List<RawJson> actions) throws InvalidApiException {
        requireFew(actions.size());
        var mappings = new ArrayList<Mapping>();
        for (RawJson each : actions) {
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
        return mappings;
    }

    private static void requireFew(int mappings) throws InvalidApiException {
        if (mappings > MOST_MAPPINGS) {
            throw new InvalidApiException(
                    "set-variable: a request may be changed in %d ways at most".formatted(MOST_MAPPINGS));
        }
    }
}
