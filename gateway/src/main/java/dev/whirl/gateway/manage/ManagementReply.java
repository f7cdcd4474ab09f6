package dev.whirl.gateway.manage;

import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.RawJson;
import org.jspecify.annotations.Nullable;

/// An answer about APIs.
///
/// @param body null for none
public record ManagementReply(int status, @Nullable RawJson body) {
    static ManagementReply ok(RawJson body) {
        return new ManagementReply(200, body);
    }

    /// As the web actions of row G-10 refuse.
    static ManagementReply refusal(int status, String sentence) {
        return new ManagementReply(status, RawJson.object("error", RawJson.string(sentence)));
    }

    /// As the gateway's own routes refuse (row G-4).
    static ManagementReply error(int status, String sentence) {
        return new ManagementReply(
                status,
                new JsonWriter()
                        .startObject()
                        .field("status", status)
                        .field("message", "Error: " + sentence)
                        .endObject()
                        .toRawJson());
    }
}
