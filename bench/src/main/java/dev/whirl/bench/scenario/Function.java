package dev.whirl.bench.scenario;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// A function to deploy and to call: its name on the platform, kind, source code, and how many calls it takes at a
/// time in one sandbox.
public record Function(String name, String kind, String code, int concurrency) {
    static final String NODE_ECHO = "function main(params) { return params; }";
    /// The same for a web action, which is given the request beside the fields.
    static final String NODE_FIELDS = "function main({ name, count, tags }) { return { name, count, tags }; }";
    static final String PYTHON_ECHO = "def main(params):\n    return params\n";

    private static final JsonMapper JSON = JsonMapper.shared();

    String fullName() {
        return "/_/" + name;
    }

    /// What creates it.
    Entity entity() {
        return entity(List.of());
    }

    /// What creates it as a web action.
    Entity webEntity() {
        return entity(List.of(Map.of("key", "web-export", "value", true)));
    }

    private Entity entity(List<Map<String, ?>> annotations) {
        Map<String, ?> document = Map.of(
                "exec", Map.of("kind", kind, "code", code),
                "limits", Map.of("concurrency", concurrency),
                "annotations", annotations);
        return new Entity("actions/" + name, JSON.writeValueAsString(document));
    }

    /// The document that gives the code to a bare runtime.
    String initDocument() {
        return JSON.writeValueAsString(
                Map.of("value", Map.of("name", name, "main", "main", "binary", false, "code", code, "env", Map.of())));
    }
}
