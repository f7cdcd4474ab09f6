package dev.whirl.server;

import dev.whirl.client.TlsOptions;
import dev.whirl.controller.api.Frontage;
import dev.whirl.controller.api.http.HttpConfig;
import dev.whirl.controller.api.http.Route;
import dev.whirl.feeds.FeedsConfig;
import dev.whirl.feeds.alarm.AlarmClock;
import dev.whirl.feeds.alarm.Alarms;
import dev.whirl.feeds.feed.Feed;
import dev.whirl.feeds.feed.FeedReader;
import dev.whirl.feeds.feed.FeedTrigger;
import dev.whirl.feeds.fire.ApiFires;
import dev.whirl.feeds.fire.Counters;
import dev.whirl.feeds.fire.Fires;
import dev.whirl.feeds.fire.Surroundings;
import dev.whirl.feeds.kafka.KafkaMessages;
import dev.whirl.feeds.manage.FeedManagement;
import dev.whirl.feeds.manage.Room;
import dev.whirl.feeds.provide.Ownership;
import dev.whirl.feeds.provide.Provider;
import dev.whirl.feeds.provide.Rounds;
import dev.whirl.feeds.provide.Running;
import dev.whirl.feeds.registry.FeedRegistry;
import dev.whirl.feeds.stream.Streams;
import dev.whirl.feeds.webhook.WebhookReceiver;
import dev.whirl.server.Platform.Part;
import dev.whirl.server.feeds.FeedEndpoint;
import dev.whirl.server.feeds.ProduceEndpoint;
import dev.whirl.server.feeds.Sources;
import dev.whirl.server.feeds.WebhookEndpoint;
import dev.whirl.store.Entities;
import dev.whirl.store.KeyedDocuments;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.ToDoubleFunction;

/// The provider of feeds, put together.
final class FeedParts {
    /// Of one firing: a little less than the payload that OpenWhisk allows (1 MB).
    private static final int MOST_BYTES = 900 * 1024;

    private final Alarms alarms;
    private final AlarmClock clock;
    private final Streams streams;
    private final Provider provider;
    private final Rounds rounds;

    private FeedParts(
            FeedsConfig config, KeyedDocuments documents, Ownership ownership, Fires fires, MeterRegistry meters) {
        InstantSource time = InstantSource.system();
        var registry = new FeedRegistry(documents);
        var firing = new Semaphore(config.concurrency());
        this.clock = new AlarmClock(time, firing);
        var around = new Surroundings(
                documents, registry, fires, time, config.lateness(), config.maxAttempts(), new Counters(meters));
        this.alarms = new Alarms(around, clock::ring);
        this.streams = new Streams(around, sources(config)::open, firing, config.maxOpenStreams(), config.maxStreams());
        this.provider = new Provider(registry, ownership, this::begin);
        this.rounds = new Rounds(provider, config.refresh());
        Gauge.builder("whirl_feeds", provider, Provider::count)
                .description("Feeds that this process looks after")
                .register(meters);
        streamGauge(meters, "open", Streams::open);
        streamGauge(meters, "waiting", Streams::waiting);
    }

    private void streamGauge(MeterRegistry meters, String state, ToDoubleFunction<Streams> count) {
        Gauge.builder("whirl_feeds_streams", streams, count)
                .description(
                        "Feeds of this process that read other servers and folders, and those that wait for their turn")
                .tag("state", state)
                .register(meters);
    }

    /// @param ownership which feeds are this process's
    static FeedParts of(
            FeedsConfig config, KeyedDocuments documents, Ownership ownership, Fires fires, MeterRegistry meters) {
        return new FeedParts(config, documents, ownership, fires, meters);
    }

    /// For the only process of an installation.
    static Optional<FeedParts> standalone(
            FeedsConfig config, KeyedDocuments documents, Fires fires, MeterRegistry meters) {
        return config.isEnabled()
                ? Optional.of(of(config, documents, Ownership.ALONE, fires, meters))
                : Optional.empty();
    }

    /// Fires where the configuration says, else at the port that this process listens on.
    static ApiFires fires(FeedsConfig config, HttpConfig http) {
        return config.apiHost().isEmpty()
                ? new ApiFires(own(http), new TlsOptions(true, null))
                : new ApiFires(config.apiHost(), TlsOptions.DEFAULT.withOnlyAuthorities(config.apiTrust()));
    }

    private static String own(HttpConfig http) {
        boolean isAny = http.host().equals("0.0.0.0") || http.host().equals("::");
        String host = isAny ? "localhost" : http.host().contains(":") ? "[" + http.host() + "]" : http.host();
        return "%s://%s:%d".formatted(http.tls() == null ? "http" : "https", host, http.port());
    }

    /// What is stored of feeds and of their triggers.
    record Stored(KeyedDocuments feeds, Entities triggers) {}

    /// What controllers serve of feeds, before what else is beside the API.
    ///
    /// @param maxBody of a webhook's post
    static Frontage frontage(
            FeedsConfig config, Stored stored, Fires fires, MeterRegistry meters, long maxBody, Frontage others) {
        if (!config.isEnabled()) {
            return others;
        }
        var registry = new FeedRegistry(stored.feeds());
        var management = new FeedManagement(
                registry,
                stored.triggers(),
                new FeedReader(config.allowsSeconds()),
                new Room(
                        registry,
                        new Room.Bounds(
                                config.maxFeeds(), config.maxStreams(), config.maxStreamsInAll(), config.maxSize()),
                        meters),
                config.url(),
                sources(config)::look,
                InstantSource.system());
        var receiver = new WebhookReceiver(registry, fires, InstantSource.system());
        return web -> {
            Frontage.Beside beside = others.routes(web);
            List<Route> first = new ArrayList<>(FeedEndpoint.routes(management));
            first.addAll(ProduceEndpoint.routes(new KafkaMessages(config.allowedHosts())));
            first.addAll(WebhookEndpoint.routes(receiver, maxBody));
            first.addAll(beside.first());
            return new Frontage.Beside(first, beside.last());
        };
    }

    private Running begin(FeedTrigger trigger, BooleanSupplier isOurs) {
        return switch (trigger.feed()) {
            case Feed.Timed timed -> alarms.start(trigger, timed, isOurs);
            case Feed.Stream stream -> streams.start(trigger, stream, isOurs);
            case Feed.Webhook _ -> () -> {}; // controllers take the posts
        };
    }

    private static Sources sources(FeedsConfig config) {
        return new Sources(config.allowedHosts(), config.allowedFolders(), MOST_BYTES);
    }

    /// Nothing to start where there are no feeds.
    static Part part(Optional<FeedParts> parts) {
        return new Part("feeds", () -> parts.ifPresent(FeedParts::start), () -> parts.ifPresent(FeedParts::stop));
    }

    /// Why no feed is looked after now, if none is.
    Optional<String> obstacle() {
        return rounds.obstacle();
    }

    void start() {
        clock.start(alarms);
        rounds.start();
    }

    /// Firings under way end first, so that whoever comes next need not repeat them.
    void stop() {
        clock.close();
        rounds.close();
    }
}
