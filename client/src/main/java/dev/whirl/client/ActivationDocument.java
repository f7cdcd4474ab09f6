package dev.whirl.client;

import dev.whirl.model.activation.ActivationResponse.Status;
import dev.whirl.model.json.RawJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A record of an activation as the server describes it, whole (row R-131) or as a row of a list (row R-132).
///
/// @param json what the server said
/// @param fields of it, at the top level
public record ActivationDocument(RawJson json, Map<String, RawJson> fields) {
    public static ActivationDocument read(RawJson json) {
        return new ActivationDocument(json, json.fields());
    }

    public String id() {
        return Documents.text(fields, "activationId");
    }

    public String namespace() {
        return Documents.text(fields, "namespace");
    }

    public String name() {
        return Documents.text(fields, "name");
    }

    public String version() {
        return Documents.text(fields, "version");
    }

    /// Epoch milliseconds.
    public long startMillis() {
        return Documents.number(fields, "start").orElse(0L);
    }

    /// Epoch milliseconds; empty for triggers.
    public Optional<Long> endMillis() {
        return Documents.number(fields, "end");
    }

    /// Empty for triggers.
    public Optional<Long> durationMillis() {
        return Documents.number(fields, "duration");
    }

    public KeyValues annotations() {
        return Documents.keyValues(fields, "annotations");
    }

    /// From a row the code, from a whole record the words; what the server leaves out is success.
    public Status status() {
        Optional<Long> code = Documents.number(fields, "statusCode");
        if (code.isPresent()) {
            return code.get() >= 0 && code.get() <= 3 ? Status.ofCode(code.get().intValue()) : Status.SUCCESS;
        }
        String words = statusText();
        for (Status each : Status.values()) {
            if (each.text().equals(words)) {
                return each;
            }
        }
        return Status.SUCCESS;
    }

    /// The words of a whole record, as the server has them.
    public String statusText() {
        return Documents.text(response(), "status");
    }

    /// The result of a whole record.
    public RawJson result() {
        return response().getOrDefault("result", RawJson.NULL);
    }

    /// The log lines of a whole record, or of an answer that has only them.
    public List<String> logs() {
        return fields.getOrDefault("logs", RawJson.EMPTY_ARRAY).elements().stream()
                .map(line -> line.asText().orElseGet(line::toString))
                .toList();
    }

    private Map<String, RawJson> response() {
        return Documents.object(fields, "response");
    }
}
