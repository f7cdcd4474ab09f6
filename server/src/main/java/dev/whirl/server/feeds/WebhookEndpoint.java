package dev.whirl.server.feeds;

import dev.whirl.controller.api.http.Answer;
import dev.whirl.controller.api.http.ApiRequest;
import dev.whirl.controller.api.http.Endpoint;
import dev.whirl.controller.api.http.Route;
import dev.whirl.feeds.webhook.WebhookReceiver;
import dev.whirl.feeds.webhook.WebhookReply;
import dev.whirl.feeds.webhook.WebhookRequest;
import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.entity.NamespaceName;
import java.util.List;

/// `POST /api/v1/webhooks/{namespace}/{trigger}`: posts of other programs, which sign them instead of having a key.
public final class WebhookEndpoint implements Endpoint.Open {
    private static final int COPIES = 4;
    private static final int NAMESPACE = 3;
    private static final int NAME = 4;

    private final WebhookReceiver receiver;
    private final long maxBody;

    private WebhookEndpoint(WebhookReceiver receiver, long maxBody) {
        this.receiver = receiver;
        this.maxBody = maxBody;
    }

    /// @param maxBody of a post
    public static List<Route> routes(WebhookReceiver receiver, long maxBody) {
        return List.of(
                Route.open("POST", "/api/v1/webhooks/{namespace}/{name}", new WebhookEndpoint(receiver, maxBody)));
    }

    @Override
    public Answer answer(ApiRequest request) {
        List<String> segments = request.path().segments();
        EntityId trigger = trigger(segments.get(NAMESPACE), segments.get(NAME));
        if (!receiver.isKnown(trigger)) {
            throw new ApiException(ErrorCode.NOT_FOUND, Messages.ROUTE_NOT_FOUND);
        }
        WebhookReply reply =
                receiver.receive(new WebhookRequest(trigger, request.headers(), request.bytes(maxBody, COPIES)));
        return Answer.json(reply.status(), reply.body());
    }

    private static EntityId trigger(String namespace, String name) {
        try {
            return EntityId.of(new NamespaceName(namespace), new EntityName(name));
        } catch (ApiException e) {
            throw new ApiException(ErrorCode.NOT_FOUND, Messages.ROUTE_NOT_FOUND);
        }
    }
}
