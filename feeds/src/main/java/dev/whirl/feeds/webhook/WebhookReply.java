package dev.whirl.feeds.webhook;

import dev.whirl.model.json.RawJson;

/// What the sender of a post is answered.
public record WebhookReply(int status, RawJson body) {
    static WebhookReply error(int status, String sentence) {
        return new WebhookReply(status, RawJson.object("error", RawJson.string(sentence)));
    }
}
