package dev.whirl.server.feeds;

import dev.whirl.feeds.couch.ChangesSource;
import dev.whirl.feeds.feed.AllowedFolders;
import dev.whirl.feeds.feed.AllowedHosts;
import dev.whirl.feeds.feed.Feed;
import dev.whirl.feeds.feed.InvalidFeedException;
import dev.whirl.feeds.feed.Origin;
import dev.whirl.feeds.files.Bucket;
import dev.whirl.feeds.files.Folder;
import dev.whirl.feeds.kafka.KafkaSource;
import dev.whirl.feeds.kafka.KafkaTopics;
import dev.whirl.feeds.stream.Source;
import dev.whirl.feeds.stream.SourceException;
import dev.whirl.model.json.RawJson;
import java.net.URI;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/// All servers that feeds can read, as far as whoever runs the platform allows.
public final class Sources {
    private final AllowedHosts allowed;
    private final AllowedFolders folders;
    private final int mostBytes;

    /// @param mostBytes of one firing
    public Sources(AllowedHosts allowed, AllowedFolders folders, int mostBytes) {
        this.allowed = allowed;
        this.folders = folders;
        this.mostBytes = mostBytes;
    }

    /// Looks whether a feed can be read, before it is made. May wait for another server, some seconds at most.
    ///
    /// @return which source it reads, and where that stands now
    /// @throws InvalidFeedException with what stands in the way
    public Origin look(Feed.Stream feed) throws InvalidFeedException {
        return switch (feed) {
            case Feed.Kafka kafka -> {
                KafkaTopics.check(kafka, allowed);
                RawJson mark = mark(kafka);
                yield Origin.of(KafkaSource.names(kafka, mark), mark);
            }
            case Feed.Changes changes ->
                origin(ChangesSource.check(changes, allowed), changes.server(), changes.database());
            case Feed.Folder folder -> {
                folders.require(folder.path());
                yield origin(mark(folder), folder.path());
            }
            case Feed.Bucket bucket -> {
                requireAllowed(bucket);
                yield origin(mark(bucket), bucket.endpoint(), bucket.bucket(), bucket.prefix());
            }
        };
    }

    /// @param place what tells the source from others of its kind
    private static Origin origin(RawJson mark, Object... place) {
        return Origin.of(Set.of(Arrays.stream(place).map(Object::toString).collect(Collectors.joining(" "))), mark);
    }

    /// @throws SourceException if it can't be read, or is not allowed any more
    public Source open(Feed.Stream feed) throws SourceException {
        try {
            return switch (feed) {
                case Feed.Kafka kafka -> {
                    KafkaTopics.requireAllowed(kafka, allowed);
                    yield KafkaSource.open(kafka, mostBytes);
                }
                case Feed.Changes changes -> {
                    ChangesSource.requireAllowed(changes, allowed);
                    yield new ChangesSource(changes, mostBytes);
                }
                case Feed.Folder folder -> {
                    folders.require(folder.path());
                    yield Folder.open(folder, folders);
                }
                case Feed.Bucket bucket -> {
                    requireAllowed(bucket);
                    yield Bucket.open(bucket);
                }
            };
        } catch (InvalidFeedException e) {
            throw new SourceException(e.sentence(), true);
        }
    }

    private void requireAllowed(Feed.Bucket bucket) throws InvalidFeedException {
        URI server = bucket.endpoint();
        int standard = "https".equals(server.getScheme()) ? 443 : 80;
        allowed.require(
                server.getHost().replaceAll("[\\[\\]]", ""), server.getPort() < 0 ? standard : server.getPort());
    }

    private RawJson mark(Feed.Stream feed) throws InvalidFeedException {
        try (Source source = open(feed)) {
            return source.begin();
        } catch (SourceException e) {
            throw InvalidFeedException.badRequest(e.sentence());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InvalidFeedException(503, "The platform is about to stop.");
        }
    }
}
