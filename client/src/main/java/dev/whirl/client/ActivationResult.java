package dev.whirl.client;

import dev.whirl.model.json.RawJson;

/// How an activation ended and what it returned (row R-41).
public record ActivationResult(RawJson result, String status, boolean isSuccess) {
    static ActivationResult read(RawJson json) {
        var fields = json.fields();
        return new ActivationResult(
                fields.getOrDefault("result", RawJson.NULL),
                Documents.text(fields, "status"),
                Documents.isTrue(fields, "success"));
    }
}
