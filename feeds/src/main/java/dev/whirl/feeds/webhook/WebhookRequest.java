package dev.whirl.feeds.webhook;

import dev.whirl.model.entity.EntityId;
import java.util.Map;

/// A post to the address of a trigger. Nobody changes the bytes of the body.
public final class WebhookRequest {
    private final EntityId trigger;
    private final Map<String, String> headers;
    private final byte[] body;

    /// @param headers names in lower case
    public WebhookRequest(EntityId trigger, Map<String, String> headers, byte[] body) {
        this.trigger = trigger;
        this.headers = Map.copyOf(headers);
        this.body = body;
    }

    EntityId trigger() {
        return trigger;
    }

    Map<String, String> headers() {
        return headers;
    }

    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    byte[] body() {
        return body;
    }
}
