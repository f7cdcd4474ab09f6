package dev.whirl.client;

import dev.whirl.model.json.RawJson;

/// What the server says about itself (row R-20).
public record ApiInfo(String description, String apiVersion, String build, String buildNumber) {
    static ApiInfo read(RawJson json) {
        var fields = json.fields();
        return new ApiInfo(
                Documents.text(fields, "description"),
                Documents.text(fields, "api_version"),
                Documents.text(fields, "build"),
                Documents.text(fields, "buildno"));
    }
}
