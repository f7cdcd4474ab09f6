package dev.whirl.feeds.manage;

import dev.whirl.feeds.feed.Delivery;
import dev.whirl.feeds.feed.Feed;
import dev.whirl.feeds.feed.FeedDocuments;
import dev.whirl.feeds.feed.FeedKind;
import dev.whirl.feeds.feed.FeedReader;
import dev.whirl.feeds.feed.FeedSize;
import dev.whirl.feeds.feed.FeedStatus;
import dev.whirl.feeds.feed.FeedTrigger;
import dev.whirl.feeds.feed.InvalidFeedException;
import dev.whirl.feeds.feed.Origin;
import dev.whirl.feeds.manage.CallPermits.Permit;
import dev.whirl.feeds.manage.Turns.Turn;
import dev.whirl.feeds.registry.FeedRegistry;
import dev.whirl.feeds.schedule.Schedule;
import dev.whirl.model.ApiException;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.entity.Trigger;
import dev.whirl.model.json.RawJson;
import dev.whirl.store.Entities;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What feed actions ask for (rows F-2, F-7, F-8). A caller manages the feeds of triggers in the own namespace, and
/// nobody else's. What is wrong is told before anything is stored.
public final class FeedManagement {
    private static final String UNAUTHORIZED = "Trigger authentication request failed.";

    private static final String ANOTHER_SOURCE =
            "The feed reads another source now and tells what happens there from now on. What it had not told yet of the"
                    + " former one is not told any more.";

    /// Parameters of the call, not of the feed.
    private static final Set<String> OF_THE_CALL = Set.of("lifecycleEvent", "triggerName", "authKey", "apihost");

    private static final int MOST_PROBES = 32;
    private static final int MOST_PROBES_OF_A_NAMESPACE = 4;

    private static final RawJson NOTHING = RawJson.string("");

    private final FeedRegistry registry;
    private final Entities entities;
    private final FeedReader reader;
    private final Room room;
    private final String address;
    private final Probe probe;
    private final CallPermits probes = new CallPermits(MOST_PROBES, MOST_PROBES_OF_A_NAMESPACE);
    private final Turns turns = new Turns();
    private final InstantSource clock;

    /// Looks whether a stream can be read, which only another server knows.
    public interface Probe {
        /// @return where its source is now
        /// @throws InvalidFeedException with what stands in the way
        Origin look(Feed.Stream feed) throws InvalidFeedException;
    }

    /// @param address where senders of webhooks reach the platform: `https://host`
    public FeedManagement(
            FeedRegistry registry,
            Entities entities,
            FeedReader reader,
            Room room,
            String address,
            Probe probe,
            InstantSource clock) {
        this.registry = registry;
        this.entities = entities;
        this.reader = reader;
        this.room = room;
        this.address = address;
        this.probe = probe;
        this.clock = clock;
    }

    /// @return what the feed action returns
    /// @throws InvalidFeedException with status and sentence; then nothing was changed
    public RawJson answer(FeedRequest request) throws InvalidFeedException {
        String event = request.text("lifecycleEvent");
        Lifecycle lifecycle = Lifecycle.find(event.isEmpty() ? "CREATE" : event)
                .orElseThrow(() -> InvalidFeedException.badRequest(
                        "lifecycleEvent must be one of [CREATE, READ, UPDATE, DELETE, PAUSE, UNPAUSE]."));
        EntityId trigger = trigger(request);
        return switch (lifecycle) {
            case CREATE -> create(request, trigger);
            case READ -> shown(existing(trigger));
            case UPDATE -> update(request, trigger);
            case DELETE -> done(request.kind(), trigger, registry.remove(trigger) ? "deleted" : "not there");
            case PAUSE -> pause(trigger);
            case UNPAUSE -> update(request, trigger);
        };
    }

    private RawJson create(FeedRequest request, EntityId id) throws InvalidFeedException {
        boolean isTrigger = entities.find(id)
                .filter(each -> each.entity() instanceof Trigger)
                .isPresent();
        if (!isTrigger) {
            throw new InvalidFeedException(404, unauthorized(request.kind()));
        }
        room.require(request.kind(), id); // before another server is asked
        save(made(request, id, ofTheFeed(request), null), true);
        return done(request.kind(), id, "created");
    }

    /// What is not given stays as it was. A feed that was stopped works again. A stream goes on where it is, unless it
    /// reads another source from now on.
    private RawJson update(FeedRequest request, EntityId id) throws InvalidFeedException {
        FeedTrigger old = existing(id);
        if (old.kind() != request.kind()) {
            throw InvalidFeedException.badRequest(
                    "%s is fired by the feed %s".formatted(id.name(), old.kind().word()));
        }
        boolean worksAgain = !old.status().isActive();
        if (worksAgain) {
            room.require(request.kind(), id);
        }
        var parameters = new LinkedHashMap<>(old.parameters());
        parameters.putAll(ofTheFeed(request));
        FeedTrigger made = made(request, id, parameters, old.origin());
        save(made, worksAgain);
        return readsOn(old, made)
                ? done(request.kind(), id, "updated")
                : done(request.kind(), id, "updated", ANOTHER_SOURCE);
    }

    /// Each feed of a namespace is stored before the next one is counted.
    ///
    /// @param takesPlace whether it is one more, or works again
    private void save(FeedTrigger made, boolean takesPlace) throws InvalidFeedException {
        try (Turn _ = turns.take(made.trigger().namespace())) {
            if (takesPlace) {
                room.require(made.kind(), made.trigger());
            }
            room.require(made.trigger(), FeedDocuments.write(made).sizeBytes());
            registry.save(made);
        }
    }

    private RawJson pause(EntityId id) throws InvalidFeedException {
        FeedTrigger trigger = existing(id);
        var reason = new FeedStatus.Reason("USER", null, "paused");
        registry.stop(trigger, FeedStatus.stopped(now(), reason));
        return done(trigger.kind(), id, "paused");
    }

    /// Whether what the feed had not told yet will be told.
    private static boolean readsOn(FeedTrigger old, FeedTrigger made) {
        Origin before = old.origin();
        Origin after = made.origin();
        return before == null || after == null || before.id().equals(after.id());
    }

    /// @param former where the feed began that it was; null if it begins now
    private FeedTrigger made(
            FeedRequest request, EntityId id, SequencedMap<String, RawJson> parameters, @Nullable Origin former)
            throws InvalidFeedException {
        FeedSize.require(parameters);
        Instant now = now();
        Feed feed = reader.feed(request.kind(), parameters, now);
        Delivery delivery = reader.delivery(request.kind(), parameters);
        requireFires(feed, now);
        Origin origin = origin(request, feed, former);
        FeedSize.require(origin);
        return new FeedTrigger(
                id,
                request.key(),
                request.kind(),
                parameters,
                feed,
                delivery,
                UUID.randomUUID().toString(),
                now,
                FeedStatus.active(now),
                origin);
    }

    private @Nullable Origin origin(FeedRequest request, Feed feed, @Nullable Origin former)
            throws InvalidFeedException {
        if (!(feed instanceof Feed.Stream stream)) {
            return null;
        }
        try (Permit _ = probes.take(request.namespace())) {
            Origin now = probe.look(stream);
            return former != null && former.isSameSource(now) ? former.withNames(now.names()) : now;
        }
    }

    /// A feed that never fires is a mistake.
    private static void requireFires(Feed feed, Instant now) throws InvalidFeedException {
        if (!(feed instanceof Feed.Timed timed) || Schedule.next(timed, now).isPresent()) {
            return;
        }
        throw InvalidFeedException.badRequest(
                switch (timed) {
                    case Feed.Alarm alarm
                    when alarm.window().stop() == null
                            || alarm.cron().next(now, alarm.zone()).isEmpty() ->
                        "cron pattern '%s' never fires".formatted(alarm.cron());
                    case Feed.Alarm _, Feed.Interval _ ->
                        "the first scheduled trigger fire is not until after the stop date";
                    case Feed.Once once -> "the date parameter %s is not in the future".formatted(once.date());
                });
    }

    private FeedTrigger existing(EntityId trigger) throws InvalidFeedException {
        return registry.find(trigger)
                .map(FeedRegistry.Registered::trigger)
                .orElseThrow(
                        () -> new InvalidFeedException(404, "The trigger %s has no feed.".formatted(trigger.name())));
    }

    /// @throws InvalidFeedException if it is no trigger of the caller's
    private static EntityId trigger(FeedRequest request) throws InvalidFeedException {
        String name = request.text("triggerName");
        if (name.isEmpty()) {
            throw InvalidFeedException.badRequest("no trigger name parameter was provided");
        }
        String[] parts = name.replaceFirst("^/", "").split("/", -1);
        boolean isQualified = parts.length == 2;
        try {
            var namespace = !isQualified || parts[0].equals("_") ? request.namespace() : new NamespaceName(parts[0]);
            if (parts.length > 2 || !namespace.equals(request.namespace())) {
                throw new InvalidFeedException(401, unauthorized(request.kind()));
            }
            return EntityId.of(namespace, new EntityName(parts[parts.length - 1]));
        } catch (ApiException e) {
            throw InvalidFeedException.badRequest(e.sentence());
        }
    }

    /// Rows F-8 and F-12.
    private static String unauthorized(FeedKind kind) {
        return switch (kind) {
            case KAFKA, MESSAGE_HUB -> "You are not authorized for this trigger.";
            case ALARM, INTERVAL, ONCE, WEBHOOK, CHANGES, FOLDER, BUCKET -> UNAUTHORIZED;
        };
    }

    /// Null and the empty text stand for not given: packages have such parameters.
    private static SequencedMap<String, RawJson> ofTheFeed(FeedRequest request) {
        var parameters = new LinkedHashMap<>(request.parameters());
        parameters.values().removeIf(each -> each.equals(RawJson.NULL) || each.equals(NOTHING));
        parameters.keySet().removeIf(each -> OF_THE_CALL.contains(each) || each.startsWith("__ow_"));
        return parameters;
    }

    private RawJson done(FeedKind kind, EntityId trigger, String what) {
        return done(kind, trigger, what, "");
    }

    /// @param note what else is to be known; empty for nothing
    private RawJson done(FeedKind kind, EntityId trigger, String what, String note) {
        SequencedMap<String, RawJson> fields = new LinkedHashMap<>();
        fields.put("status", RawJson.string("success"));
        fields.put("trigger", RawJson.string("/" + trigger));
        fields.put("feed", RawJson.string(what));
        if (!note.isEmpty()) {
            fields.put("note", RawJson.string(note));
        }
        if (kind == FeedKind.WEBHOOK) {
            fields.put("url", url(trigger));
        }
        return RawJson.object(fields);
    }

    private RawJson shown(FeedTrigger trigger) {
        var fields = FeedDocuments.shown(trigger).fields();
        if (trigger.kind() == FeedKind.WEBHOOK) {
            fields.put("url", url(trigger.trigger()));
        }
        return RawJson.object(fields);
    }

    /// Where a sender posts to.
    private RawJson url(EntityId trigger) {
        return RawJson.string("%s/api/v1/webhooks/%s/%s"
                .formatted(
                        address,
                        encoded(trigger.namespace().value()),
                        encoded(trigger.name().value())));
    }

    private static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /// As it is stored.
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
