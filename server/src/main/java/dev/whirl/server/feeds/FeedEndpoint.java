package dev.whirl.server.feeds;

import dev.whirl.controller.api.http.Answer;
import dev.whirl.controller.api.http.ApiRequest;
import dev.whirl.controller.api.http.Call;
import dev.whirl.controller.api.http.Endpoint;
import dev.whirl.controller.api.http.Route;
import dev.whirl.feeds.feed.FeedKind;
import dev.whirl.feeds.feed.InvalidFeedException;
import dev.whirl.feeds.manage.FeedManagement;
import dev.whirl.feeds.manage.FeedRequest;
import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import java.util.List;

/// `POST /api/v1/feeds/{kind}`: where feed actions tell what they were asked for, with their caller's key.
public final class FeedEndpoint implements Endpoint.Guarded {
    private static final long MOST_BYTES = 1024 * 1024;
    private static final int COPIES = 4;

    private final FeedManagement management;

    private FeedEndpoint(FeedManagement management) {
        this.management = management;
    }

    public static List<Route> routes(FeedManagement management) {
        return List.of(Route.guarded("POST", "/api/v1/feeds/{kind}", new FeedEndpoint(management)));
    }

    @Override
    public Answer answer(Call call) {
        FeedKind kind = FeedKind.find(call.segment("kind"))
                .orElseThrow(() -> new ApiException(ErrorCode.NOT_FOUND, Messages.ROUTE_NOT_FOUND));
        ApiRequest request = call.request();
        var caller = call.caller();
        try {
            return Answer.json(
                    200,
                    management.answer(new FeedRequest(
                            kind,
                            caller.namespace().name(),
                            caller.key(),
                            request.object(MOST_BYTES, COPIES).fields())));
        } catch (InvalidFeedException e) {
            return Answer.error(e.status(), e.sentence(), request.transaction());
        }
    }
}
