package dev.whirl.feeds.couch;

import dev.whirl.feeds.feed.AllowedHosts;
import dev.whirl.feeds.feed.Feed;
import dev.whirl.feeds.feed.InvalidFeedException;
import dev.whirl.feeds.stream.Source;
import dev.whirl.feeds.stream.SourceException;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.RawJson;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The changes of a database, one in each firing (row F-13). Marks are [ChangeMark]s; of what is being fired, one has
/// the changes under way alone.
public final class ChangesSource implements Source {
    private static final int PAGE = 32;
    private static final int BESIDE_DOCUMENT = 16 * 1024;
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Feed.Changes feed;
    private final int mostBytes;
    private final CouchCalls calls;

    /// Read and not yet fired, and the mark before the first of them.
    private final Deque<Change> ahead = new ArrayDeque<>();

    private @Nullable RawJson aheadFrom;

    /// Behind changes that the filter left out after [#aheadFrom]; null for none.
    private @Nullable RawJson scannedTo;

    /// How many changes to ask for: fewer where they are large.
    private int page = PAGE;

    private Duration pause = SHORTEST_PAUSE;

    /// What is fired of a change.
    private record Change(RawJson payload, RawJson sequence, String identity) {}

    /// @param mostBytes of one firing
    public ChangesSource(Feed.Changes feed, int mostBytes) {
        this.feed = feed;
        this.mostBytes = mostBytes;
        this.calls = new CouchCalls(feed);
    }

    /// Looks whether a database can be read.
    ///
    /// @return where a feed of it begins
    /// @throws InvalidFeedException 403 if its host is not allowed; 400 with what its server says
    public static RawJson check(Feed.Changes feed, AllowedHosts allowed) throws InvalidFeedException {
        requireAllowed(feed, allowed);
        try (var source = new ChangesSource(feed, CouchCalls.MOST_BYTES)) {
            return source.begin();
        } catch (SourceException e) {
            throw InvalidFeedException.badRequest(e.sentence());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InvalidFeedException(503, "The platform is about to stop.");
        }
    }

    /// @throws InvalidFeedException 403 if the database's host is not allowed
    public static void requireAllowed(Feed.Changes feed, AllowedHosts allowed) throws InvalidFeedException {
        URI server = feed.server();
        int standard = "https".equals(server.getScheme()) ? 443 : 80;
        allowed.require(
                server.getHost().replaceAll("[\\[\\]]", ""), server.getPort() < 0 ? standard : server.getPort());
    }

    @Override
    public RawJson begin() throws SourceException, InterruptedException {
        RawJson about = calls.get("").orElseThrow(this::tooLarge);
        return ChangeMark.at(field(about, "update_seq")).toJson();
    }

    @Override
    public Optional<Batch> read(RawJson mark, @Nullable RawJson open) throws SourceException, InterruptedException {
        if (ahead.isEmpty() || !Objects.equals(mark, aheadFrom)) {
            fetch(mark);
        }
        Change next = ahead.poll();
        if (next == null) {
            Thread.sleep(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            return Optional.empty();
        }
        Batch batch = batch(next, ChangeMark.read(mark), underWay(open));
        aheadFrom = batch.mark();
        scannedTo = null;
        pause = SHORTEST_PAUSE;
        return Optional.of(batch);
    }

    private static Batch batch(Change change, ChangeMark from, ChangeMark underWay) {
        List<String> own = List.of(change.identity());
        return new Batch(
                change.payload(),
                from.with(change.sequence(), own).toJson(),
                new ChangeMark(change.sequence(), from.missingOf(underWay))
                        .with(change.sequence(), own)
                        .toJson(),
                from.has(change.identity()) || underWay.has(change.identity()));
    }

    private static ChangeMark underWay(@Nullable RawJson open) {
        return open == null ? ChangeMark.at(RawJson.NULL) : ChangeMark.read(open);
    }

    /// What was under way and did not come again may still come from another node.
    @Override
    public Rest rest(RawJson mark, @Nullable RawJson open) {
        ChangeMark from = ChangeMark.read(mark);
        return new Rest(from.with(since(mark), from.missingOf(underWay(open))).toJson(), null);
    }

    /// The sequence behind which there may be something.
    private RawJson since(RawJson mark) {
        return scannedTo != null && Objects.equals(mark, aheadFrom)
                ? scannedTo
                : ChangeMark.read(mark).sequence();
    }

    private void fetch(RawJson mark) throws SourceException, InterruptedException {
        ahead.clear();
        RawJson since = since(mark);
        aheadFrom = mark;
        scannedTo = since;
        Optional<RawJson> answer = calls.get(changes(since, false));
        while (answer.isEmpty() && page > 1) {
            page /= 2;
            answer = calls.get(changes(since, false));
        }
        boolean isWhole = answer.isPresent();
        RawJson changes =
                isWhole ? answer.get() : calls.get(changes(since, true)).orElseThrow(this::tooLarge);
        page = isWhole ? Math.min(PAGE, page * 2) : 1;
        for (RawJson each : field(changes, "results").elements()) {
            ahead.add(new Change(payload(each, isWhole), field(each, "seq"), ChangeMark.identity(each)));
        }
        if (ahead.isEmpty()) {
            scannedTo = field(changes, "last_seq");
        }
    }

    /// @param isBare whether to ask for one change, without its document
    private String changes(RawJson since, boolean isBare) {
        var query = new LinkedHashMap<>(feed.query());
        query.put("since", since.asText().orElseGet(since::toString));
        query.put("limit", Integer.toString(isBare ? 1 : page));
        if (!feed.filter().isEmpty()) {
            query.put("filter", feed.filter());
        }
        if (isBare) {
            query.put("include_docs", "false");
            query.put("style", "main_only");
        }
        return "/_changes?" + encoded(query);
    }

    /// A document that is too large is left out, and its size told instead: at least that of what was read of it.
    private RawJson payload(RawJson change, boolean isWhole) {
        Map<String, RawJson> fields = change.fields();
        boolean isTooLarge = !isWhole || change.sizeBytes() > mostBytes - BESIDE_DOCUMENT;
        var out = new JsonWriter().startObject();
        for (String each : new String[] {"id", "seq", "changes", "deleted"}) {
            RawJson value = fields.get(each);
            if (value != null) {
                out.field(each, value);
            }
        }
        RawJson document = fields.get("doc");
        if (isTooLarge) {
            out.field("doc", RawJson.NULL)
                    .field("tooLargeBytes", document == null ? CouchCalls.MOST_BYTES : document.sizeBytes());
        } else if (document != null) {
            out.field("doc", document);
        }
        return out.endObject().toRawJson();
    }

    private SourceException tooLarge() {
        return new SourceException(
                "%s answers more than %d bytes.".formatted(feed.server(), CouchCalls.MOST_BYTES), false);
    }

    private RawJson field(RawJson json, String name) throws SourceException {
        return json.field(name)
                .orElseThrow(
                        () -> new SourceException("%s answers, and is no CouchDB.".formatted(feed.server()), false));
    }

    private static String encoded(Map<String, String> query) {
        var text = new StringBuilder();
        query.forEach((name, value) -> text.append(text.isEmpty() ? "" : "&")
                .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return text.toString();
    }

    @Override
    public boolean reaches(RawJson mark, RawJson open) {
        return ChangeMark.read(mark).hasAllOf(ChangeMark.read(open));
    }

    @Override
    public void close() {
        calls.close();
    }
}
