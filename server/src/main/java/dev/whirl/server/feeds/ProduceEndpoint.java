package dev.whirl.server.feeds;

import dev.whirl.controller.api.http.Answer;
import dev.whirl.controller.api.http.ApiRequest;
import dev.whirl.controller.api.http.Call;
import dev.whirl.controller.api.http.Endpoint;
import dev.whirl.controller.api.http.Route;
import dev.whirl.feeds.feed.FeedKind;
import dev.whirl.feeds.feed.InvalidFeedException;
import dev.whirl.feeds.feed.KafkaMessage;
import dev.whirl.feeds.kafka.KafkaMessages;
import dev.whirl.feeds.kafka.KafkaMessages.Sent;
import dev.whirl.model.json.JsonWriter;
import java.util.List;
import java.util.Map;

/// `POST /api/v1/messaging/{kafkaProduce|messageHubProduce}`: sends a message to a topic for a user (row F-10).
public final class ProduceEndpoint implements Endpoint.Guarded {
    private static final Map<String, FeedKind> KINDS =
            Map.of("kafkaProduce", FeedKind.KAFKA, "messageHubProduce", FeedKind.MESSAGE_HUB);
    private static final long MOST_BYTES = 1024 * 1024;
    private static final int COPIES = 4;

    private final FeedKind kind;
    private final KafkaMessages messages;

    private ProduceEndpoint(FeedKind kind, KafkaMessages messages) {
        this.kind = kind;
        this.messages = messages;
    }

    public static List<Route> routes(KafkaMessages messages) {
        return KINDS.entrySet().stream()
                .map(each -> Route.guarded(
                        "POST", "/api/v1/messaging/" + each.getKey(), new ProduceEndpoint(each.getValue(), messages)))
                .toList();
    }

    @Override
    public Answer answer(Call call) throws InterruptedException {
        ApiRequest request = call.request();
        try {
            Sent sent = messages.send(
                    call.caller().namespace().name(),
                    KafkaMessage.read(kind, request.object(MOST_BYTES, COPIES).fields()));
            return Answer.json(
                    200,
                    new JsonWriter()
                            .startObject()
                            .field("success", true)
                            .field("partition", sent.partition())
                            .field("offset", sent.offset())
                            .endObject());
        } catch (InvalidFeedException e) {
            return Answer.error(e.status(), e.sentence(), request.transaction());
        }
    }
}
