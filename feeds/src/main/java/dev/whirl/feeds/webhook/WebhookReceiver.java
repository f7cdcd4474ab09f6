package dev.whirl.feeds.webhook;

import dev.whirl.feeds.feed.Feed;
import dev.whirl.feeds.feed.FeedStatus;
import dev.whirl.feeds.feed.FeedTrigger;
import dev.whirl.feeds.feed.Signing;
import dev.whirl.feeds.fire.Attempt;
import dev.whirl.feeds.fire.FireOutcome;
import dev.whirl.feeds.fire.Fires;
import dev.whirl.feeds.registry.FeedRegistry;
import dev.whirl.feeds.registry.FeedRegistry.Registered;
import dev.whirl.feeds.webhook.SignatureCheck.Verdict;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.RawJson;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Fires triggers when posts arrive that are signed as their feeds want it. A sender whose post could not be delivered
/// is told to try again: nothing is kept here.
public final class WebhookReceiver {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookReceiver.class);

    /// Wrong key, not allowed, no such trigger.
    private static final Set<Integer> OF_THE_OWNER = Set.of(401, 403, 404);

    private final FeedRegistry registry;
    private final Fires fires;
    private final InstantSource clock;
    private final Repetitions repetitions = new Repetitions();

    public WebhookReceiver(FeedRegistry registry, Fires fires, InstantSource clock) {
        this.registry = registry;
        this.fires = fires;
        this.clock = clock;
    }

    /// Whether somebody waits for posts there. Asked before a body is read.
    public boolean isKnown(EntityId trigger) {
        return find(trigger).isPresent();
    }

    /// Waits for the API. Strangers learn nothing but that there is no such address, or that they did not sign.
    public WebhookReply receive(WebhookRequest request) {
        Optional<FeedTrigger> found = find(request.trigger());
        if (found.isEmpty() || !(found.get().feed() instanceof Feed.Webhook feed)) {
            return WebhookReply.error(404, "There is no such webhook.");
        }
        return switch (SignatureCheck.check(feed.signing(), request.headers(), request.body(), clock.instant())) {
            case Verdict.Refused(String sentence) -> {
                LOG.atInfo()
                        .addKeyValue("trigger", request.trigger())
                        .addKeyValue("reason", sentence)
                        .log("a post to a webhook is refused");
                yield WebhookReply.error(401, sentence);
            }
            case Verdict.Genuine(String signature) -> genuine(found.get(), feed, request, signature);
        };
    }

    private WebhookReply genuine(FeedTrigger trigger, Feed.Webhook feed, WebhookRequest request, String signature) {
        return switch (Event.of(feed, request)) {
            case Event.Malformed(String sentence) -> WebhookReply.error(400, sentence);
            case Event.Question(RawJson answer) -> new WebhookReply(200, answer);
            case Event.Payload(RawJson payload) -> {
                Signing.Stamp stamp = feed.signing().stamp();
                yield stamp == null
                        ? fire(trigger, payload)
                        : fireOnce(
                                trigger, payload, signature, stamp.tolerance().multipliedBy(2));
            }
        };
    }

    /// @param window how long it could be sent again
    private WebhookReply fireOnce(FeedTrigger trigger, RawJson payload, String signature, Duration window) {
        EntityId id = trigger.trigger();
        return switch (repetitions.begin(id, signature, window, clock.instant())) {
            case UNDER_WAY -> WebhookReply.error(503, "This is being delivered. Try again.");
            case ACCEPTED -> WebhookReply.error(409, "This was sent before.");
            case FIRST -> {
                boolean isAccepted = false;
                try {
                    WebhookReply reply = fire(trigger, payload);
                    isAccepted = reply.status() < 400;
                    yield reply;
                } finally {
                    if (isAccepted) {
                        repetitions.accept(id, signature);
                    } else {
                        repetitions.forget(id, signature);
                    }
                }
            }
        };
    }

    private WebhookReply fire(FeedTrigger trigger, RawJson payload) {
        FireOutcome outcome = fires.fire(trigger, payload);
        return switch (Attempt.after(outcome, 1)) {
            case Attempt.Done _ -> new WebhookReply(202, accepted(outcome));
            case Attempt.Again again -> {
                LOG.atInfo()
                        .addKeyValue("trigger", trigger.trigger())
                        .addKeyValue("reason", again.reason())
                        .log("a post to a webhook can't be delivered now");
                boolean isThrottled = outcome instanceof FireOutcome.Refused(int status, var _) && status == 429;
                yield WebhookReply.error(isThrottled ? 429 : 503, "The trigger can't be fired now. Try again.");
            }
            case Attempt.Stop(FeedStatus.Reason reason) -> refused(trigger, reason);
        };
    }

    /// What the platform has against the owner stops the feed; what it has against this post does not.
    private WebhookReply refused(FeedTrigger trigger, FeedStatus.Reason reason) {
        Integer status = reason.statusCode();
        if (status != null && !OF_THE_OWNER.contains(status)) {
            return WebhookReply.error(status, "The trigger can't be fired with this.");
        }
        registry.stop(trigger, FeedStatus.stopped(clock.instant(), reason));
        return WebhookReply.error(404, "There is no such webhook.");
    }

    private static RawJson accepted(FireOutcome outcome) {
        var out = new JsonWriter().startObject();
        if (outcome instanceof FireOutcome.Fired(String activation) && !activation.isEmpty()) {
            out.field("activationId", activation);
        }
        return out.endObject().toRawJson();
    }

    private Optional<FeedTrigger> find(EntityId trigger) {
        return registry.find(trigger)
                .map(Registered::trigger)
                .filter(each ->
                        each.feed() instanceof Feed.Webhook && each.status().isActive());
    }
}
