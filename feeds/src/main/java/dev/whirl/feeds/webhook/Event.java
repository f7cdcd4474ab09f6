package dev.whirl.feeds.webhook;

import dev.whirl.feeds.feed.Feed;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.MalformedJsonException;
import dev.whirl.model.json.RawJson;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;

/// What a genuine post means. Pure.
sealed interface Event {
    /// The trigger is to be fired with this.
    record Payload(RawJson json) implements Event {}

    /// A question of the sender, which is answered at once; no event.
    record Question(RawJson answer) implements Event {}

    /// It can't be read.
    record Malformed(String sentence) implements Event {}

    static Event of(Feed.Webhook feed, WebhookRequest request) {
        Optional<RawJson> body = body(request);
        if (body.isEmpty()) {
            return new Malformed("The body is neither JSON nor a form.");
        }
        return switch (feed.sender()) {
            case GITHUB ->
                request.header("x-github-event").equals("ping")
                        ? new Question(RawJson.object("pong", RawJson.TRUE))
                        : payload(body.get(), request.header("x-github-event"), request.header("x-github-delivery"));
            case SLACK -> slack(body.get());
            case HMAC -> payload(body.get(), "", "");
        };
    }

    private static Event slack(RawJson body) {
        Optional<RawJson> challenge = body.field("challenge");
        if (text(body, "type").equals("url_verification") && challenge.isPresent()) {
            return new Question(RawJson.object("challenge", challenge.get()));
        }
        String inner = body.field("event").map(each -> text(each, "type")).orElse("");
        return payload(body, inner.isEmpty() ? text(body, "type") : inner, text(body, "event_id"));
    }

    private static Event payload(RawJson body, String event, String delivery) {
        var out = new JsonWriter(body.sizeBytes() + 256).startObject();
        if (!event.isEmpty()) {
            out.field("event", event);
        }
        if (!delivery.isEmpty()) {
            out.field("delivery", delivery);
        }
        return new Payload(out.field("body", body).endObject().toRawJson());
    }

    private static Optional<RawJson> body(WebhookRequest request) {
        boolean isForm =
                request.header("content-type").toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded");
        try {
            return isForm
                    ? form(new String(request.body(), StandardCharsets.UTF_8))
                    : Optional.of(RawJson.parse(request.body()));
        } catch (MalformedJsonException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// A form's fields. GitHub and Slack put JSON into a field `payload`: that is the body then.
    private static Optional<RawJson> form(String text) throws MalformedJsonException {
        var fields = new LinkedHashMap<String, RawJson>();
        for (String each : text.split("&")) {
            String[] halves = each.split("=", 2);
            if (!halves[0].isEmpty()) {
                fields.put(decoded(halves[0]), RawJson.string(halves.length == 2 ? decoded(halves[1]) : ""));
            }
        }
        RawJson payload = fields.get("payload");
        return payload != null && fields.size() == 1
                ? Optional.of(RawJson.parse(payload.asText().orElse("")))
                : Optional.of(RawJson.object(fields));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String text(RawJson json, String name) {
        return json.field(name).flatMap(RawJson::asText).orElse("");
    }
}
