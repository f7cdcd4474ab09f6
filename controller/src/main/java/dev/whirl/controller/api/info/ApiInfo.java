package dev.whirl.controller.api.info;

import dev.whirl.controller.BuildInfo;
import dev.whirl.controller.api.http.Answer;
import dev.whirl.controller.api.http.ApiRequest;
import dev.whirl.controller.api.http.Endpoint;
import dev.whirl.model.json.JsonWriter;

/// `GET /api/v1` (row R-20).
record ApiInfo(BuildInfo build) implements Endpoint.Open {
    @Override
    public Answer answer(ApiRequest request) {
        var out = new JsonWriter(256)
                .startObject()
                .field("description", "OpenWhisk API")
                .field("api_version", "1.0.0")
                .field("api_version_path", "v1")
                .field("build", build.build())
                .field("buildno", build.number());
        out.name("swagger_paths")
                .startObject()
                .field("ui", "/docs")
                .field("api-docs", "/api-docs")
                .endObject();
        return Answer.json(200, out.endObject());
    }
}
