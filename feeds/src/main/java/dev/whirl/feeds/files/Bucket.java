package dev.whirl.feeds.files;

import dev.whirl.feeds.feed.Feed;
import dev.whirl.feeds.stream.Fetch;
import dev.whirl.feeds.stream.SourceException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The objects of an S3-compatible bucket whose names begin so (ListObjectsV2), with the bucket in the path. Redirects
/// are not followed: they could lead to where nobody allowed connections.
public final class Bucket implements Listing {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int MOST_PAGE_BYTES = 8 * 1024 * 1024;
    private static final String PAGE = "1000";

    private final Feed.Bucket feed;
    private final RequestSignature signature;
    private final InstantSource clock;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    Bucket(Feed.Bucket feed, InstantSource clock) {
        this.feed = feed;
        this.signature = new RequestSignature(feed.login(), feed.region());
        this.clock = clock;
    }

    public static FilesSource open(Feed.Bucket feed) {
        return new FilesSource(new Bucket(feed, InstantSource.system()), feed.every());
    }

    @Override
    public List<FoundFile> list() throws SourceException, InterruptedException {
        var found = new ArrayList<FoundFile>();
        String next = null;
        do {
            ObjectPage page = page(next);
            found.addAll(page.objects());
            if (found.size() > MOST) {
                throw Listing.tooMany(place());
            }
            next = page.next();
        } while (next != null);
        return found;
    }

    private ObjectPage page(@Nullable String token) throws SourceException, InterruptedException {
        SortedMap<String, String> query = new TreeMap<>();
        query.put("list-type", "2");
        query.put("max-keys", PAGE);
        query.put("prefix", encoded(feed.prefix()));
        if (token != null) {
            query.put("continuation-token", encoded(token));
        }
        String path = "/" + feed.bucket();
        var text = new StringBuilder();
        query.forEach((name, value) ->
                text.append(text.isEmpty() ? "?" : "&").append(name).append('=').append(value));
        URI server = feed.endpoint();
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(server.getScheme() + "://" + server.getRawAuthority() + path + text))
                .timeout(PATIENCE);
        signature
                .headers(server.getRawAuthority(), path, query, clock.instant())
                .forEach((name, value) -> {
                    if (!name.equals("host")) { // the client sets it
                        request.header(name, value);
                    }
                });
        try {
            HttpResponse<byte[]> response = Fetch.send(client, request.build(), MOST_PAGE_BYTES, PATIENCE);
            return read(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new SourceException("%s does not answer: %s".formatted(feed.endpoint(), e), false);
        }
    }

    private ObjectPage read(int status, byte[] body) throws SourceException {
        return switch (status) {
            case 200 ->
                ObjectPage.read(body)
                        .orElseThrow(() ->
                                new SourceException("%s answers, and is no S3.".formatted(feed.endpoint()), false));
            case 401, 403 ->
                throw new SourceException("%s refuses these keys for the bucket.".formatted(place()), true);
            case 404 -> throw new SourceException("There is no bucket %s.".formatted(place()), true);
            default -> throw new SourceException("%s answers %d.".formatted(feed.endpoint(), status), false);
        };
    }

    private String place() {
        return "%s/%s".formatted(feed.endpoint(), feed.bucket());
    }

    /// As signatures want it (RFC 3986).
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
