package dev.whirl.server.admin;

import dev.whirl.model.json.RawJson;
import java.util.List;
import java.util.stream.Collectors;

/// One value that can be set for a namespace (row R-156), in the order in which they are printed.
enum Quota {
    INVOCATIONS("invocationsPerMinute", Form.NUMBER, "invocations per minute allowed"),
    FIRES("firesPerMinute", Form.NUMBER, "trigger fires per minute allowed"),
    CONCURRENT("concurrentInvocations", Form.NUMBER, "concurrent invocations allowed for this namespace"),
    KINDS("allowedKinds", Form.TEXTS, "list of runtime kinds allowed in this namespace"),
    STORE("storeActivations", Form.FLAG, "whether activations of this namespace are stored"),
    MIN_MEMORY("minActionMemory", Form.NUMBER, "least memory of an action, in MB"),
    MAX_MEMORY("maxActionMemory", Form.NUMBER, "most memory of an action, in MB"),
    MIN_LOGS("minActionLogs", Form.NUMBER, "least log size of an action, in MB"),
    MAX_LOGS("maxActionLogs", Form.NUMBER, "most log size of an action, in MB"),
    MIN_TIMEOUT("minActionTimeout", Form.NUMBER, "least timeout of an action, in milliseconds"),
    MAX_TIMEOUT("maxActionTimeout", Form.NUMBER, "most timeout of an action, in milliseconds"),
    MIN_CONCURRENCY("minActionConcurrency", Form.NUMBER, "least concurrency of an action"),
    MAX_CONCURRENCY("maxActionConcurrency", Form.NUMBER, "most concurrency of an action"),
    PARAMETERS("maxParameterSize", Form.TEXT, "largest parameters of an entity, such as 1 MB"),
    PAYLOAD("maxPayloadSize", Form.TEXT, "largest arguments and results, such as 1 MB"),
    TRUNCATION("truncationSize", Form.TEXT, "how much of a result that is too large is shown, such as 1 KB"),
    INSTANCES("maxActionInstances", Form.NUMBER, "most sandboxes of one action"),
    WARM("warmedContainerKeepingCount", Form.NUMBER, "how many sandboxes of an action stay warm"),
    WARM_TIME("warmedContainerKeepingTimeout", Form.TEXT, "how long they do, such as 10m");

    /// What its values look like.
    enum Form {
        NUMBER,
        TEXT,
        TEXTS,
        FLAG
    }

    /// In documents and options.
    final String label;

    final Form form;
    final String meaning;

    Quota(String label, Form form, String meaning) {
        this.label = label;
        this.form = form;
        this.meaning = meaning;
    }

    /// A value as `wskadmin` prints it.
    String show(RawJson value) {
        return switch (form) {
            case NUMBER -> value.toString();
            case TEXT -> value.asText().orElseThrow();
            case FLAG -> value.equals(RawJson.TRUE) ? "True" : "False";
            case TEXTS ->
                value.elements().stream()
                        .map(each -> "'" + each.asText().orElseThrow() + "'")
                        .collect(Collectors.joining(", ", "[", "]"));
        };
    }

    static RawJson texts(List<String> values) {
        return RawJson.array(values.stream().map(RawJson::string).toList());
    }
}
