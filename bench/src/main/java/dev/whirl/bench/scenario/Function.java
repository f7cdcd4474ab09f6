package dev.whirl.bench.scenario;

import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// A function to deploy and to call: its name on the platform, kind, source code, and how many calls it takes at a
/// time in one sandbox.
public record Function(String name, String kind, String code, int concurrency) {
    static final String NODE_ECHO = "function main(params) { return params; }";
    static final String PYTHON_ECHO = "def main(params):\n    return params\n";

    private static final JsonMapper JSON = JsonMapper.shared();

    /// The document that creates it.
    String actionDocument() {
        return JSON.writeValueAsString(
                Map.of("exec", Map.of("kind", kind, "code", code), "limits", Map.of("concurrency", concurrency)));
    }

    /// The document that gives the code to a bare runtime.
    String initDocument() {
        return JSON.writeValueAsString(
                Map.of("value", Map.of("name", name, "main", "main", "binary", false, "code", code, "env", Map.of())));
    }
}
