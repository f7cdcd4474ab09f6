package dev.whirl.feeds.couch;

import dev.whirl.feeds.feed.Feed;
import dev.whirl.feeds.feed.Feed.Login;
import dev.whirl.feeds.stream.Fetch;
import dev.whirl.feeds.stream.SourceException;
import dev.whirl.model.json.MalformedJsonException;
import dev.whirl.model.json.RawJson;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/// Asks one database. Redirects are not followed: they could lead to where nobody allowed connections.
final class CouchCalls implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /// With the body: a filter may look at many changes before it finds one.
    private static final Duration PATIENCE_IN_ALL = Duration.ofMinutes(1);

    /// Of one answer: each feed may hold one.
    static final int MOST_BYTES = 1024 * 1024;

    private final Feed.Changes feed;
    private final String base;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    CouchCalls(Feed.Changes feed) {
        this.feed = feed;
        this.base = feed.server().toString().replaceFirst("/+$", "")
                + "/"
                + URLEncoder.encode(feed.database(), StandardCharsets.UTF_8);
    }

    /// @param rest behind the database's address
    /// @return empty if the answer is longer than [#MOST_BYTES]
    Optional<RawJson> get(String rest) throws SourceException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + rest))
                .timeout(PATIENCE)
                .header("Accept", "application/json");
        Login login = feed.login();
        if (login != null) {
            String credentials = login.user() + ":" + login.password();
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
        }
        try {
            HttpResponse<byte[]> response = Fetch.send(client, request.build(), MOST_BYTES + 1, PATIENCE_IN_ALL);
            return json(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new SourceException("%s does not answer: %s".formatted(feed.server(), e), false);
        }
    }

    private Optional<RawJson> json(int status, byte[] body) throws SourceException {
        if (status == 401 || status == 403) {
            throw new SourceException("%s refuses user or password.".formatted(feed.server()), true);
        }
        if (status == 404) {
            throw new SourceException(
                    "There is no database '%s', or no such filter, at %s.".formatted(feed.database(), feed.server()),
                    true);
        }
        if (status != 200) {
            throw new SourceException("%s answers %d.".formatted(feed.server(), status), false);
        }
        if (body.length > MOST_BYTES) {
            return Optional.empty();
        }
        try {
            return Optional.of(RawJson.parse(body));
        } catch (MalformedJsonException e) {
            throw new SourceException("%s answers, and is no CouchDB.".formatted(feed.server()), false);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
