package dev.whirl.feeds;

import dev.whirl.common.config.ConfigReader;
import dev.whirl.common.tls.TrustedCertificates;
import dev.whirl.common.units.ByteSize;
import dev.whirl.feeds.feed.AllowedFolders;
import dev.whirl.feeds.feed.AllowedHosts;
import dev.whirl.feeds.schedule.Lateness;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What an operator sets for feeds.
///
/// @param apiHost where triggers are fired: `http://host:port`
/// @param apiTrust certificates (PEM) of those who vouch for that server; null for those that Java trusts
/// @param url where senders of webhooks reach the platform, without a slash at its end
/// @param maxFeeds of one namespace
/// @param maxSize of what is kept of the feeds of one namespace together
/// @param maxStreams of one namespace: feeds that read another server or a folder
/// @param maxStreamsInAll of all namespaces
/// @param maxOpenStreams of one process
/// @param allowsSeconds whether alarms may fire more often than each minute
/// @param maxAttempts to make one firing of a feed that skips what it misses
/// @param concurrency most firings at a time
/// @param refresh how often a provider looks for changes
/// @param lease after which silence of a provider others take its feeds
/// @param allowedHosts which servers feeds may read
/// @param allowedFolders which folders of this machine feeds may watch
public record FeedsConfig(
        boolean isEnabled,
        String apiHost,
        @Nullable Path apiTrust,
        String url,
        int maxFeeds,
        ByteSize maxSize,
        int maxStreams,
        int maxStreamsInAll,
        int maxOpenStreams,
        boolean allowsSeconds,
        Lateness lateness,
        int maxAttempts,
        int concurrency,
        Duration refresh,
        Duration lease,
        AllowedHosts allowedHosts,
        AllowedFolders allowedFolders) {
    public static FeedsConfig read(ConfigReader reader) {
        boolean isEnabled = reader.flag("feeds.enabled", true, "Whether triggers may have feeds, such as alarms.");
        String apiHost = reader.text(
                "feeds.api-host",
                "",
                "Where triggers are fired: http://host:port of a controller, or of what stands before several. whirl up"
                        + " takes its own address.");
        Path apiTrust = TrustedCertificates.read(reader, "feeds.api-trust");
        String url = reader.text(
                "feeds.url",
                "http://localhost:3233",
                "Where senders of webhooks reach this platform: https://host. whirl up takes its own address.");
        long maxFeeds = reader.number("feeds.max-per-namespace", 1000, 1, 1_000_000, "Most feeds of one namespace.");
        ByteSize maxSize = reader.size(
                "feeds.max-size-per-namespace",
                ByteSize.mebibytes(8),
                "Most that the feeds of one namespace may take together, their parameters and payloads among them."
                        + " Providers read all of it.");
        long maxStreams = reader.number(
                "feeds.max-streams-per-namespace",
                100,
                1,
                1_000_000,
                "Most feeds of one namespace that read from Kafka, CouchDB, buckets and folders.");
        long maxOpenStreams = reader.number(
                "feeds.max-streams", 500, 1, 1_000_000, "Most of those that one process reads; more take turns.");
        long maxStreamsInAll = reader.number(
                "feeds.max-streams-in-all",
                500,
                1,
                1_000_000,
                "Most of those of all namespaces. The next one is refused, unless its namespace has less than an equal"
                        + " share. Of several providers: as many as they read when one of them is away.");
        boolean allowsSeconds = reader.flag(
                "feeds.alarms.seconds",
                true,
                "Whether alarms may have a sixth field, for seconds, and so fire more often than each minute.");
        var lateness = new Lateness(
                reader.duration(
                        "feeds.grace",
                        Duration.ofMinutes(1),
                        "A firing that is late by no more is made as usual; what is later counts as missed."),
                reader.duration("feeds.memory", Duration.ofDays(1), "What was missed longer ago is not made up for."),
                reader.duration(
                        "feeds.alarms.spread",
                        Duration.ofSeconds(10),
                        "Alarms that are not strict fire later by up to this, each always by the same, so that not all"
                                + " fire in one second."));
        long attempts = reader.number(
                "feeds.max-attempts",
                10,
                1,
                1000,
                "How often a firing is tried of a feed that skips what it misses; others are tried until they succeed.");
        long concurrency = reader.number("feeds.concurrency", 64, 1, 10_000, "Most firings at a time.");
        Duration refresh =
                reader.duration("feeds.refresh", Duration.ofSeconds(1), "How often a provider looks for changes.");
        Duration lease = reader.duration(
                "feeds.lease",
                Duration.ofSeconds(10),
                "After a provider was silent for so long, others take its feeds.");
        var allowedHosts = AllowedHosts.parse(reader.text(
                "feeds.allowed-hosts",
                "",
                "Servers that feeds of Kafka, CouchDB and buckets may read, with commas between: kafka.example.com,"
                        + " 10.1.2.3:9092, *.example.com, or * for all. They are called from inside of the"
                        + " installation. whirl up allows all."));
        var allowedFolders = AllowedFolders.parse(reader.text(
                "feeds.allowed-folders", "", "Folders of the server that feeds may watch, with commas between."));
        if (lease.compareTo(refresh.multipliedBy(4)) < 0) {
            reader.problem("feeds.lease must be at least four times feeds.refresh");
        }
        return new FeedsConfig(
                isEnabled,
                apiHost,
                apiTrust,
                url.replaceFirst("/$", ""),
                Math.toIntExact(maxFeeds),
                maxSize,
                Math.toIntExact(maxStreams),
                Math.toIntExact(maxStreamsInAll),
                Math.toIntExact(maxOpenStreams),
                allowsSeconds,
                lateness,
                Math.toIntExact(attempts),
                Math.toIntExact(concurrency),
                refresh,
                lease,
                allowedHosts,
                allowedFolders);
    }
}
