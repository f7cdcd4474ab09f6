package dev.whirl.bench.scenario;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// A function to deploy and to call: its name on the platform, kind, source code, how many calls it takes at a
/// time in one sandbox, and how much memory that sandbox has.
public record Function(String name, String kind, String code, int concurrency, int memoryMb) {
    static final String NODE_ECHO = "function main(params) { return params; }";
    /// The same for a web action, which is given the request beside the fields.
    static final String NODE_FIELDS = "function main({ name, count, tags }) { return { name, count, tags }; }";
    /// The same, and three lines of logs.
    static final String NODE_LOGS = """
            function main(params) {
                console.log('called with', params.name);
                console.log('count is', params.count);
                console.error('done');
                return params;
            }
            """;
    static final String PYTHON_ECHO = "def main(params):\n    return params\n";

    private static final int USUAL_MB = 256;
    private static final JsonMapper JSON = JsonMapper.shared();

    public Function(String name, String kind, String code, int concurrency) {
        this(name, kind, code, concurrency, USUAL_MB);
    }

    /// The same with a line in its code that says which variant it is.
    Function variant(int number) {
        String comment = kind.startsWith("python") ? "# " : "// ";
        return new Function(name, kind, comment + number + "\n" + code, concurrency, memoryMb);
    }

    /// A function of a kind that nobody has seen: its code holds its name.
    static Function unseen(String kind, String name) {
        return switch (family(kind)) {
            case "python" -> new Function(name, kind, "# " + name + "\n" + PYTHON_ECHO, 1);
            case "java" -> new Function(name, kind, JavaEcho.jar(name), 1);
            default -> new Function(name, kind, "// " + name + "\n" + NODE_ECHO, 1);
        };
    }

    /// The language of a kind, such as `nodejs`.
    static String family(String kind) {
        return kind.substring(0, kind.indexOf(':'));
    }

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
                "exec", exec(),
                "limits", Map.of("concurrency", concurrency, "memory", memoryMb),
                "annotations", annotations);
        return new Entity("actions/" + name, JSON.writeValueAsString(document));
    }

    private Map<String, ?> exec() {
        return family(kind).equals("java")
                ? Map.of("kind", kind, "code", code, "main", JavaEcho.MAIN)
                : Map.of("kind", kind, "code", code);
    }

    /// The document that gives the code to a bare runtime.
    String initDocument() {
        return JSON.writeValueAsString(
                Map.of("value", Map.of("name", name, "main", "main", "binary", false, "code", code, "env", Map.of())));
    }
}
